// Calls of the API as an app makes them. What the document does not allow must not compile.
import createClient from "openapi-fetch";
import type { components, paths } from "./schema";

type Advice = components["schemas"]["AdviceOutput"];

declare function show(advice: Advice): void;
declare const clientId: string;

const api = createClient<paths>({ baseUrl: "https://symptoms.example" });

export async function checkIn(): Promise<void> {
  const begun = await api.POST("/api/v1/conversations", { body: { client_id: clientId } });
  if (!begun.data) throw new Error(begun.error.error.message);

  const turn = await api.POST("/api/v1/conversations/{conversation_id}/messages", {
    params: { path: { conversation_id: begun.data.conversation.id } },
    body: { client_id: clientId, choices: ["mouth_sores"], slot: "symptoms", sent_at: "2026-03-01T07:30:00Z" },
  });
  if (turn.data?.advice) show(turn.data.advice);
  const label: string | undefined = turn.data?.expects?.options[0]?.label;
  console.log(label);
}

export async function report(): Promise<void> {
  const filed = await api.POST("/api/v1/reports", {
    body: {
      client_id: clientId,
      respondent: "patient",
      answers: { symptoms: ["dyspnea"], red_flags: "none", "dyspnea.severity": 2, "dyspnea.exertion": "minimal" },
    },
  });
  if (filed.data?.advice) show(filed.data.advice);

  const batch = await api.POST("/api/v1/reports/batch", {
    body: { reports: [{ client_id: clientId, respondent: "carer", answers: { symptoms: "none" } }] },
  });
  for (const result of batch.data?.results ?? []) {
    if (result.status === 201 && result.report) console.log(result.report.id);
    else console.log(result.error?.message);
  }
}

export async function settings(seen: string): Promise<void> {
  const me = await api.PATCH("/api/v1/me", {
    params: { header: { "If-Match": seen } },
    body: { language: "nl", quiet_hours: { from: "21:00", until: "08:00" } },
  });
  const number: string | undefined = me.data?.clinic.emergency_number;
  console.log(number);
  await api.PUT("/api/v1/devices/{device_id}", {
    params: { path: { device_id: "phone" } },
    body: { service: "fcm", token: "token" },
  });
}

export async function lists(): Promise<void> {
  const page = await api.GET("/api/v1/reports", { params: { query: { page_size: 10 } } });
  const next: string | null | undefined = page.data?.next;
  console.log(next, (await api.GET("/api/v1/leaflets")).data?.results[0]?.title);
}

export async function wrong(): Promise<void> {
  // @ts-expect-error there is no such path
  await api.GET("/api/v1/nothing");
  // @ts-expect-error there is no such grade of exertion
  const answers: components["schemas"]["ReportInput"]["answers"] = { "dyspnea.exertion": "much" };
  console.log(answers);
  // @ts-expect-error a language that nobody speaks here
  await api.PATCH("/api/v1/me", { body: { language: "xx" } });
}
