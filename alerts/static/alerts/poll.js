/* Asks the server again and again for a part of a page, more rarely while another window is looked at. One loop for all
   pages that renew themselves: what is the same costs a 304, and a lost line or an ended session is told. */

const whenHidden = 3;

/* `take` gets each new answer; `show` the name of what is wrong, or "" when all is well; `end` is called when nobody is
   signed in any more, and says whether to go on asking. Every answer tells how long the session lasts. */
export function poll({ source, seconds, tag = "", take, show, end }) {
  const every = seconds * 1000;
  let timer = 0;
  let isAsking = false;
  let isOver = false;
  let answeredAt = Date.now();

  async function ask() {
    if (isAsking || isOver) return;
    isAsking = true;
    try {
      const headers = { "X-Background": "1", ...(tag && { "If-None-Match": tag }) };
      const answer = await fetch(source, { headers, redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(8000) });
      tellSession(answer.headers.get("Session-Ends"));
      if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
        tag = "";
        isOver = !end();
      } else if (!answer.ok && answer.status !== 304) {
        show("lost");
      } else {
        answeredAt = Date.now();
        show("");
        if (answer.status !== 304) {
          tag = answer.headers.get("ETag") ?? "";
          await take(answer);
        }
      }
    } catch {
      show("lost");
    } finally {
      isAsking = false;
      again();
    }
  }

  function again() {
    clearTimeout(timer);
    if (!isOver) timer = setTimeout(ask, document.hidden ? whenHidden * every : every);
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? again() : ask()));
  window.addEventListener("pageshow", (event) => event.persisted && ask());
  window.addEventListener("online", ask);
  window.addEventListener("offline", () => isOver || show("lost"));
  again();
  return { ask, isLate: () => !isOver && Date.now() - answeredAt > 6 * every };
}

function tellSession(header) {
  const [seconds, limit] = (header ?? "").split("; ");
  if (limit) document.dispatchEvent(new CustomEvent("session", { detail: { seconds: Number(seconds), limit } }));
}
