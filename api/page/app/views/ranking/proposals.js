// @ts-check
/** Whom to praise and whom to urge: drafts with their reasons, how settled they are, and what is to be reported first. */
import { useAnswer } from '../../ask.js';
import { points } from '../../figures.js';
import { Answer, Empty, Foot } from '../../parts/frames.js';
import { Named, TownLink } from '../../parts/marks.js';
import { html, link, say, set, to, view } from '../../shared.js';

/** @typedef {NonNullable<import('../../../queries').ProposalsQuery['noticeDrafts']>} Drafts */

/** @param {{variables: import('../../../queries').RankingQueryVariables, tried: boolean}} props */
export function Proposals({ variables, tried }) {
  const few = Number(view.value.of.few ?? 3), answer = useAnswer('page/proposals', { ...variables, few });
  return Answer(answer, (data) => {
    const found = data.noticeDrafts;
    if (!found || found.unknownReason) return Empty(found?.unknownReason ?? say('unknown'));
    return html`${tried ? html`<p class="banner"><b class="stamp">${say('ranking.proposals.official')}</b></p>` : null}
      <p><label>${say('ranking.proposals.few')} <select value=${few} onChange=${(/** @type {Event} */ event) => set({ few: /** @type {HTMLSelectElement} */ (event.target).value }, 'replace')}>${[1, 2, 3, 4, 5, 10].map((one) => html`<option key=${one} value=${one} selected=${one === few}>${one}</option>`)}</select></label> <span class="quiet">${say('ranking.proposals.of', found.count)}</span></p>
      ${found.note ? html`<p class="quiet">${found.note}</p>` : null}
      <div class="proposals"><section class="panel"><h2>${say('ranking.proposals.praise')} <small>${say('ranking.proposals.draft')}</small></h2>${found.praise.map((one) => Draft(one, one.strongest.map((each) => say('ranking.proposals.gave', each.words, points(each.contribution)))))}</section>
        <section class="panel"><h2>${say('ranking.proposals.urge')} <small>${say('ranking.proposals.draft')}</small></h2>${found.drafts.map((one) => Draft(one, one.weakest.map((each) => say('ranking.proposals.lost', each.words, points(each.lost))), html`
          ${one.unknown.length ? html`<p class="quiet">${say('ranking.proposals.unknown', one.unknown.map((each) => each.words).join(say('comma')))}</p>` : null}
          <p>${say('col.who')}${say('colon')}${one.responsible.length ? one.responsible.map((body, n) => html`${n ? say('comma') : ''}${Named(body)}`) : html`<span class="unknown">${say('unknown')}</span>`}</p>
          <p><a ...${link(to('ledgers', {}, { town: one.town.town.id }))}>${say('ranking.proposals.ledger')} →</a></p>`))}</section></div>${Foot(found.method)}`;
  });
}

/** @param {Drafts['praise'][number]|Drafts['drafts'][number]} one @param {string[]} main @param {unknown} [more] */
const Draft = (one, main, more = null) => html`<article key=${one.town.town.id} class="draft"><h3>${say('ranking.proposals.rank', one.town.rank ?? '—')} ${TownLink(one.town.town)} <small>${points(one.town.total)}</small> <span class=${`state ${one.settled ? 'COVERED' : one.settledAsScored ? 'WEAK' : 'UNKNOWN'}`}>${say(one.settled ? 'ranking.proposals.settled' : one.settledAsScored ? 'ranking.proposals.scored' : 'ranking.proposals.open')}</span></h3>
  <p>${main.map((each) => html`<span key=${each} class="chip">${each}</span>`)}</p><blockquote>${one.reason}</blockquote>${more}</article>`;
