// Before the first paint, so that a dark page never flashes white.
(function () {
  var kept = null;
  try { kept = localStorage.getItem('theme'); } catch (e) { /* storage may be forbidden */ }
  if (kept === 'light' || kept === 'dark') document.documentElement.dataset.theme = kept;
})();
