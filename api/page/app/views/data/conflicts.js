// @ts-check
/** Who says otherwise? Rivals side by side with their sources, the rule that chose, and the ruling beside it: choose, with a reason; take back. */
import { change, useAnswer } from '../../ask.js';
import { money, moneyUnit, percent } from '../../figures.js';
import { Answer, Empty, Foot, Table } from '../../parts/frames.js';
import { figureText, Named, OrganisationLink, ProductLink, Stamp, TownLink } from '../../parts/marks.js';
import { asked, go, h, html, lang, say, view } from '../../shared.js';
import { signal, useState } from '../../vendor/preact.js';
import { editing, Grounds } from './steward.js';
import { Rights } from '../../parts/rights.js';

/** @typedef {import('../../../queries').ConflictsQuery} Answered */
/** @typedef {NonNullable<Answered['conflicts']>} Found */
/** @typedef {Found['rows'][number]} Conflict */
/** @typedef {Found['flows'][number]} Flow */
/** @typedef {import('../../../queries').RivalClaimFragment} Claim */
/** @typedef {NonNullable<NonNullable<Answered['rulings']>['nodes']>[number]} Ruling */

/** What the last ruling did. */
const told = signal(/** @type {string[]} */ ([]));
const Told = () => (told.value.length ? html`<div class="noted" role="status">${told.value.map((line) => html`<p key=${line}>${line}</p>`)}</div>` : null);

/** @param {{__typename?: string, id: string, name?: string, synthetic?: boolean}} thing */
function Subject(thing) {
  const one = { id: thing.id, name: thing.name ?? thing.id, synthetic: thing.synthetic };
  const draw = { Town: TownLink, Organisation: OrganisationLink, Product: ProductLink }[thing.__typename ?? ''] ?? Named;
  return draw(one);
}

/** Shares are said as such. @param {Claim} claim */
const valueOf = (claim) => (claim.unit === 'SHARE' ? `${say(`bound.${claim.bound}`)} ${percent(claim.value)}`.trim() : figureText(claim));

/** @param {Claim} claim */
const Source = (claim) => html`${claim.source ? Named(claim.source) : say('source.none')}<small>${[claim.grade, claim.source?.publisher, claim.source?.publishedOn && say('source.published', claim.source.publishedOn), claim.note].filter(Boolean).join(' · ')}</small>`;

/** Which step of the rule decided: the service says it with what it compared, another language in words of its own; what was compared stands beside. @param {{reason: import('../../../queries').ClaimChoiceReason, words: string}} why */
const whyIn = ({ reason, words }) => (lang() === 'zh' ? words : say(`data.why.${reason}`));

/** @param {string} id @param {string} label */
const Opener = (id, label) => html`<button aria-expanded=${editing.value === id} onClick=${() => { told.value = []; editing.value = editing.value === id ? '' : id; }}>${label}</button>`;

/** The ruling in force that chose this claim. @param {Ruling[]} rulings @param {Claim} claim */
const rulingOn = (rulings, claim) => rulings.find((one) => one.action === 'PIN' && !one.undoneOn && one.about === `Claim ${claim.id}`);

/** @param {Conflict} row @param {Ruling[]} rulings @param {boolean} mayWrite */
function Rivals(row, rulings, mayWrite) {
  const claims = [{ claim: row.chosen, difference: null, why: null, rival: false }, ...row.others];
  const pinned = rulingOn(rulings, row.chosen), open = claims.find(({ claim }) => editing.value === claim.id)?.claim;
  const title = [say(`data.metric.${row.metric}`), row.scope !== 'WHOLE' && say(`scope.${row.scope}`), row.product?.name].filter(Boolean).join(' · ');
  return html`<section key=${row.chosen.id} class="panel rivals-of" aria-label=${`${row.subject.name} ${title}`}>
    <h3>${Subject(row.subject)} ${title} <small>${row.spread === null ? say('data.spread.unknown') : say('data.spread', percent(row.spread))}</small><button class="plain" onClick=${() => go({ source: `${row.subject.id}|${row.metric}` })}>${say('source.open')}</button></h3>
    ${pinned ? html`<p class="noted">${say('data.ruled', pinned.ruledOn, pinned.by ?? say('unknown'), pinned.reason)}</p>` : null}
    ${Table({
      rows: claims, key: ({ claim }) => claim.id, caption: `${row.subject.name} ${title}`, picked: ({ claim }) => claim.id === row.chosen.id,
      columns: [
        { head: say('data.col.value.of'), cell: ({ claim }) => html`<b>${valueOf(claim)}</b> ${claim.synthetic ? Stamp(claim) : null}` },
        { head: say('col.year'), cell: ({ claim }) => claim.year ?? say('year.unstated') },
        { head: say('col.source'), cell: ({ claim }) => Source(claim) },
        { head: say('col.diff'), number: true, cell: ({ difference, why }) => (why ? percent(difference) : '') },
        { head: say('data.col.rule'), cell: ({ why, rival }) => (why ? html`${whyIn(why)}${rival ? null : html`<small>${say('data.no.rival')}</small>`}` : html`<span class="chip chosen">${say('data.counts')}</span>`) },
        ...(mayWrite ? [{ head: say('data.col.act'), cell: (/** @type {{claim: Claim}} */ { claim }) => (pinned && claim.id === row.chosen.id ? null : Opener(claim.id, say('data.pin'))) }] : []),
      ],
    })}
    ${open && mayWrite ? html`<h4>${say('data.pin.title', valueOf(open), open.source?.name ?? say('source.none'))}</h4>${h(Grounds, {
      key: open.id, about: open.id, action: say('data.pin.it'), done: (lines) => { told.value = lines; },
      submit: async (reason, by) => (await change('page/pin-claim', { claim: open.id, reason, by })).pinClaim?.lines ?? [],
    })}` : null}</section>`;
}

/** @param {Flow[]} flows @param {number|null} count */
function Flows(flows, count) {
  const amount = (/** @type {number|null} */ value) => { const unit = moneyUnit([value]); return value === null ? say('unknown') : `${money(value, unit, lang())} ${say(unit.key)}`; };
  return html`<h2>${say('data.flows', count ?? flows.length)}</h2><p class="quiet">${say('data.flows.what')}</p>${Table({
    rows: flows, key: ({ chosen }) => `${chosen.seller.id} ${chosen.buyer.id} ${chosen.product.id}`, caption: say('data.flows', count ?? flows.length),
    columns: [
      { head: say('data.col.flow'), cell: ({ chosen }) => html`${OrganisationLink(chosen.seller)} → ${OrganisationLink(chosen.buyer)}<small>${chosen.product.name} ${chosen.year ?? ''}</small>` },
      { head: say('data.col.counts'), number: true, cell: ({ chosen }) => html`${amount(chosen.value)}<small>${chosen.source?.name ?? say('source.none')}</small>` },
      { head: say('data.col.others'), number: true, cell: ({ others }) => others.map((/** @type {Flow['others'][number]} */ one, /** @type {number} */ n) => html`<span key=${n}>${amount(one.value)}<small>${one.source?.name ?? say('source.none')} · ${whyIn(one.why)}</small></span>`) },
      { head: say('data.col.spread'), number: true, cell: ({ spread }) => percent(spread) },
    ],
  })}<p class="quiet">${say('data.shown', flows.length, count ?? flows.length)}</p>`;
}

/** @param {Ruling[]} rulings @param {number} count @param {boolean} mayWrite */
function Rulings(rulings, count, mayWrite) {
  const open = rulings.find((one) => one.id === editing.value);
  return html`<h2 id="rulings">${say('data.rulings')}</h2>
    ${open && mayWrite ? html`<div class="panel"><h3>${say('data.unrule.title', open.ruledOn, open.reason)}</h3><p class="quiet">${say('data.unrule.what')}</p>${h(Grounds, {
      key: open.id, about: open.id, action: say('data.unrule.it'), done: (lines) => { told.value = lines; },
      submit: async (reason, by) => (await change('page/undo-ruling', { ruling: open.id, reason, by })).undoRuling?.lines ?? [],
    })}</div>` : null}
    ${rulings.length ? html`${Table({
      rows: rulings, key: (one) => one.id, caption: say('data.rulings'), picked: (one) => one.id === editing.value,
      columns: [
        { head: say('data.col.on'), cell: (one) => html`<span class="nowrap">${one.ruledOn}</span>` },
        { head: say('data.col.ruling'), cell: (one) => say(`data.ruling.${one.action}`) },
        { head: say('data.col.about'), cell: (one) => html`<span class="id">${one.about}</span>${one.other ? html`<small class="id">→ ${one.other}</small>` : null}` },
        { head: say('data.reason'), cell: (one) => one.reason },
        { head: say('data.col.who'), cell: (one) => one.by ?? html`<span class="unknown">${say('unknown')}</span>` },
        { head: say('col.state'), cell: (one) => (one.undoneOn ? html`<span class="chip">${say('data.status.UNDONE')}</span><small>${[one.undoneOn, one.undoneBy, one.undoneReason].filter(Boolean).join(' · ')}</small>` : html`<span class="chip">${say('data.inforce')}</span>`) },
        ...(mayWrite ? [{ head: say('data.col.act'), cell: (/** @type {Ruling} */ one) => (one.undoneOn ? null : Opener(one.id, say('data.unrule'))) }] : []),
      ],
    })}<p class="quiet">${say('data.shown', rulings.length, count)}</p>` : Empty(say('data.rulings.none'))}`;
}

/** @param {Answered} data @param {number} first @param {() => void} more */
function Drawn(data, first, more) {
  const found = data.conflicts, rulings = data.rulings?.nodes ?? [], mayWrite = data.viewer?.mayWrite ?? false;
  return html`${h(Rights, { viewer: data.viewer })}${Told()}
    ${found ? html`<h2>${say('data.figures', found.count)}</h2>${found.rows.length ? found.rows.map((row) => Rivals(row, rulings, mayWrite)) : Empty(found.unknownReason ?? say('data.conflicts.none'))}
      <p class="quiet">${say('data.shown', found.rows.length, found.count)}${say('data.by.spread')} ${found.rows.length < found.count && first < 100 ? html`<button onClick=${more}>${say('data.more')}</button>` : null}</p>
      ${found.doubtful.length ? html`<h2>${say('data.doubtful', found.doubtfulCount)}</h2>${Table({
        rows: found.doubtful, key: (one) => one.claim.id, caption: say('data.doubtful', found.doubtfulCount),
        columns: [
          { head: say('data.col.about'), cell: ({ claim }) => html`${claim.subject ? Subject(claim.subject) : say('unknown')}<small>${say(`data.metric.${claim.metric}`)}</small>` },
          { head: say('data.col.value.of'), cell: ({ claim }) => valueOf(claim) },
          { head: say('col.source'), cell: ({ claim }) => Source(claim) },
          { head: say('data.col.reason'), cell: ({ reason, chosen }) => html`${reason}${chosen ? html` <span class="chip chosen">${say('data.counts')}</span>` : null}` },
        ],
      })}<p class="quiet">${say('data.shown', found.doubtful.length, found.doubtfulCount)}</p>` : null}
      ${found.flows.length ? Flows(found.flows, found.flowCount) : null}` : Empty(say('data.loads.away'))}
    ${Rulings(rulings, data.rulings?.totalCount ?? 0, mayWrite)}${Foot(found?.method)}`;
}

export function Conflicts() {
  const [first, setFirst] = useState(20), { asOf, realOnly } = asked();
  const answer = useAnswer('page/conflicts', { town: view.value.town || null, first, asOf, realOnly });
  return Answer(answer, (data) => Drawn(data, first, () => setFirst(100)));
}
