/* Opens the box with the talk at the first moment that is marked in it, and moves nothing else on the page. */
"use strict";

(() => {
  const talk = document.querySelector(".talk");
  const moment = talk?.querySelector(".moment");
  if (moment) talk.scrollTop += moment.getBoundingClientRect().top - talk.getBoundingClientRect().top - 32;
})();
