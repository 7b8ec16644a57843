// @ts-check
/** What every page about policies shows: the paper, the three groups with the condition that decides, and what it would take. */
import { useAnswer } from '../../ask.js';
import { money, moneyUnit } from '../../figures.js';
import { Answer, Foot, Table } from '../../parts/frames.js';
import { Named, Shape, Stamp } from '../../parts/marks.js';
import { go, h, html, lang, link, say, to, view } from '../../shared.js';
import { useEffect, useRef } from '../../vendor/preact.js';

/** @typedef {import('../../../queries').BenefitRowFragment} Row */
/** @typedef {import('../../../queries').BenefitCountFragment} Counts */
/** @typedef {import('../../../queries').PolicyPaperFragment} Policy */
/** @typedef {import('../../../queries').BenefitStatus} Status */

/** The benefits of a town, an organisation, or the province, to take away. @param {'benefits'|'unclaimed'} list @param {Record<string, string>} of */
export function listed(list, of) {
  const { asOf, realOnly } = view.value, p = new URLSearchParams(of);
  if (asOf) p.set('asOf', String(asOf));
  if (realOnly) p.set('realOnly', 'true');
  return `lists/${list}?${p}`;
}

/** A benefit opens to its conditions and to who may have it, in the town that is looked at. @param {{id: string, name: string, synthetic: boolean}} benefit */
export const BenefitLink = (benefit) => html`<a ...${link(to('policies', { benefit: benefit.id }))}>${Named(benefit)}</a>`;

/** An organisation opens to its own policies. @param {{id: string, name: string, synthetic: boolean}} organisation */
export const FirmLink = (organisation) => html`<a ...${link(to('policies', { org: organisation.id }, { town: '' }))}>${Named(organisation)}</a>`;

/** @param {Policy} policy */
const cited = (policy) => (policy.documentNo ? `${policy.name}（${policy.documentNo}）` : policy.name);

/** An amount with its own unit: benefits reach from thousands to hundreds of millions. @param {number|null} yuan */
export const amount = (yuan) => { const unit = moneyUnit([yuan]); return yuan === null ? '—' : `${money(yuan, unit, lang())} ${say(unit.key)}`; };

/** The full title of a paper, who issued it, from when to when, and where it can be read. @param {Policy} policy */
export const Paper = (policy) => html`<p class="paper" key=${policy.id}><b>${cited(policy)}</b> ${Stamp(policy)}<small>${[policy.issuer, say('policies.one.issued', policy.issuedOn), say('policies.one.from', policy.validFrom ?? policy.issuedOn), policy.validTo ? say('policies.one.to', policy.validTo) : say('policies.one.noend'), policy.url ?? say('policies.one.nourl')].join(' · ')}</small></p>`;

/** Until when; the last day of the paper that lasts longest. @param {readonly Policy[]} policies */
export const until = (policies) => (policies.some((one) => one.validTo === null) ? say('policies.one.noend') : policies.map((one) => String(one.validTo)).sort().pop() ?? say('policies.one.noend'));

/** @param {Row} row */
export const Received = (row) => html`<span class=${row.received === 'NOT_RECEIVED' && row.status === 'ELIGIBLE' ? 'due' : row.received === 'UNKNOWN' ? 'unknown' : ''}>${say(`policies.received.${row.received}`)}</span>${row.receipts.length ? html`<small>${say('policies.one.records', [...new Set(row.receipts.map((one) => (one.year === null ? say('year.unstated') : String(one.year))))].join(say('comma')))}</small>` : null}`;

/** What was received is known of nobody who may have it: then neither 未享 nor 已享 is a number. @param {{eligible: number, receiptUnknown: number}} counts */
export const unrecorded = (counts) => counts.eligible > 0 && counts.receiptUnknown === counts.eligible;

/** The figures over a benefit's organisations, or an organisation's benefits. @param {{eligible: number, received: number, unclaimed: number, receiptUnknown: number, unknown: number}} counts @param {string} label @param {string} unit */
export const Tally = (counts, label, unit) => html`<section class="figures" aria-label=${label}>${/** @type {const} */ (['unclaimed', 'eligible', 'received', 'receiptUnknown', 'unknown']).filter((name) => name !== 'receiptUnknown' || counts[name]).map((name) => html`<div key=${name}><h2>${say(`policies.counts.${name}`)}</h2>${unrecorded(counts) && (name === 'unclaimed' || (name === 'received' && !counts.received)) ? html`<span class="number unknown">${say('unknown')}</span>` : html`<span class="number">${say(unit, counts[name])}</span>`}</div>`)}</section>`;

/** What decides: what it is short of, or which fact is lacking. @param {Row} row */
const Deciding = (row) => (row.status === 'NOT_ELIGIBLE' ? row.failing.map((one) => html`<div key=${one} class="long"><b class="word">${say('policies.one.short')}</b>${one}</div>`) : row.status === 'UNKNOWN' ? row.deciding.map((one) => html`<div key=${one} class="long"><b class="word">${say('policies.one.lacks')}</b>${one}</div>`) : '—');

const STATES = /** @type {const} */ ({ ELIGIBLE: 'COVERED', UNKNOWN: 'UNKNOWN', NOT_ELIGIBLE: 'MISSING' });
const ORDER = ['NOT_RECEIVED', 'UNKNOWN', 'RECEIVED', 'RECEIVED_BEFORE'];

/**
 * Three groups, what is due and not received first.
 * @param {{groups: {status: Status, rows: Row[], count: number}[], of: 'organisation'|'benefit'}} props what the rows are of: of one benefit they name organisations
 */
export const Groups = ({ groups, of }) => html`${groups.map(({ status, rows, count }) => {
  const chosen = rows.find((row) => key(row) === view.value.selected);
  return html`<section key=${status} class="group" aria-label=${say(`policies.status.${status}`)}><h2><span class=${`state ${STATES[status]}`}>${Shape(STATES[status])} ${say(`policies.status.${status}`)}</span> <small>${say('policies.one.count', count)}${rows.length < count ? `${say('comma')}${say('policies.one.shown', rows.length)}` : ''}</small></h2>
    ${rows.length ? Table({
      rows: [...rows].sort((a, b) => ORDER.indexOf(a.received) - ORDER.indexOf(b.received)), key, caption: say(`policies.status.${status}`), picked: (row) => key(row) === view.value.selected,
      columns: [
        of === 'organisation' ? { head: say('col.org'), cell: (row) => FirmLink(row.organisation) } : { head: say('policies.one.benefit'), cell: (row) => html`${BenefitLink(row.benefit)}<small>${row.policies.map(cited).join(say('comma'))}</small>` },
        { head: say('policies.one.received'), cell: Received },
        ...(of === 'benefit' ? [{ head: say('policies.one.amount'), number: true, cell: (/** @type {Row} */ row) => amount(row.amount) }, { head: say('policies.one.until'), cell: (/** @type {Row} */ row) => html`<span class="whole">${until(row.policies)}</span>` }] : []),
        ...(status === 'ELIGIBLE' && of === 'organisation' ? [] : [{ head: say(`policies.decides.${status}`), cell: (/** @type {Row} */ row) => (status === 'ELIGIBLE' ? html`<div class="long">${row.benefit.inWords ?? say('policies.one.everybody')}</div>` : Deciding(row)) }]),
        ...(status === 'ELIGIBLE' ? [] : [{ head: say('policies.one.takes'), cell: (/** @type {Row} */ row) => html`<button class="plain" id=${key(row)} aria-expanded=${key(row) === view.value.selected} onClick=${() => go({ selected: key(row) === view.value.selected ? null : key(row) })}>${say('policies.one.takes.ask')}</button>` }]),
      ],
    }) : html`<p class="quiet">${say(`policies.none.${status}`)}</p>`}
    ${chosen ? h(Takes, { key: key(chosen), row: chosen }) : null}</section>`;
})}`;

/** @param {Row} row */
const key = (row) => `${row.organisation.id}|${row.benefit.id}`;

/** The smallest changes after which it would be eligible. @param {{row: Row}} props */
function Takes({ row }) {
  const answer = useAnswer('page/what-it-takes', { org: row.organisation.id, benefit: row.benefit.id, asOf: view.value.asOf, realOnly: view.value.realOnly }), panel = useRef(/** @type {HTMLElement|null} */ (null));
  useEffect(() => { panel.current?.scrollIntoView({ block: 'nearest' }); }, [answer.data]);
  return html`<section class="panel takes" ref=${panel} aria-label=${say('policies.one.takes')}><h3>${say('policies.one.takes.of', row.organisation.name, row.benefit.name)}<button onClick=${() => go({ selected: null })}>${say('close')}</button></h3>
    ${Answer(answer, (data) => {
    const found = data.organisation?.whatItTakes;
    if (!found || found.unknownReason) return html`<p>${found?.unknownReason ?? say('unknown')}</p>`;
    return html`${found.note ? html`<p class="quiet">${found.note}</p>` : null}
      ${found.size ? html`<p>${say('policies.one.takes.size', found.size)}</p><ul class="ways">${found.ways.map((one) => html`<li key=${one.inWords}>${one.inWords}</li>`)}</ul>` : found.size === 0 ? html`<p>${say('policies.one.takes.none')}</p>` : html`<p>${say('policies.one.takes.no')}</p>`}
      ${found.blocking.length ? html`<ul class="ways">${found.blocking.map((one) => html`<li key=${one}>${one}</li>`)}</ul>` : null}${Foot(found.method)}`;
  })}</section>`;
}

const PARTS = /** @type {const} */ (['received', 'unclaimed', 'receiptUnknown', 'unknown']);

/** How many got it, are still to get it, are not known: one strip. @param {Counts} row @param {number} most */
const Strip = (row, most) => html`<span class="strip" aria-hidden="true" style=${{ width: `${Math.max(4, (100 * (row.eligible + row.unknown)) / Math.max(1, most))}%` }}>${PARTS.filter((part) => row[part]).map((part) => html`<i key=${part} class=${part} style=${{ flexGrow: row[part] }}></i>`)}</span>`;

/** Benefits with how many may have them, got them, have yet to get them; the unknown stand apart. @param {{rows: Counts[], caption: string, sort?: import('../../parts/frames.js').Sorting}} props */
export function CountTable({ rows, caption, sort }) {
  const most = Math.max(0, ...rows.map((row) => row.eligible + row.unknown));
  const number = (/** @type {'eligible'|'received'|'unclaimed'|'unknown'|'notEligible'} */ name) => ({ id: name, value: (/** @type {Counts} */ row) => (!counted(row) || (unrecorded(row) && name === 'unclaimed') ? null : row[name]), head: say(`policies.counts.${name}`), number: true, cell: (/** @type {Counts} */ row) => (!counted(row) ? '—' : unrecorded(row) && (name === 'unclaimed' || (name === 'received' && !row.received)) ? html`<span class="unknown">${say('unknown')}</span>` : row[name]) });
  return html`${Table({
    rows, key: (row) => row.benefit.id, caption, sort,
    columns: [
      { id: 'name', value: (row) => row.benefit.name, head: say('policies.one.benefit'), cell: (row) => html`${BenefitLink(row.benefit)}<small>${[row.benefit.once && say('policies.one.once'), row.policies.map(cited).join(say('comma'))].filter(Boolean).join(' · ')}</small>${row.note ? html`<small>${row.note}</small>` : null}` },
      { id: 'resource', value: (row) => say(`policies.resource.${row.resource}`), head: say('policies.one.resource'), cell: (row) => say(`policies.resource.${row.resource}`) },
      { id: 'amount', value: (row) => row.amount, head: say('policies.one.amount'), number: true, cell: (row) => amount(row.amount) },
      number('unclaimed'), number('eligible'), number('received'), number('unknown'), number('notEligible'),
      { head: say('policies.counts.strip'), cell: (row) => (counted(row) ? Strip(row, most) : say('policies.counts.town')) },
    ],
  })}<ul class="keys counts">${PARTS.map((part) => html`<li key=${part}><i class=${part} aria-hidden="true"></i> ${say(`policies.counts.${part}`)}</li>`)}</ul>`;
}

/** What is given to towns is not counted over organisations. @param {Counts} row */
const counted = (row) => row.recipient !== 'TOWN';

/** What is not in force is folded. @param {Counts[]} rows */
export function NotInForce(rows) {
  const past = rows.filter((row) => row.validity === 'EXPIRED'), later = rows.filter((row) => row.validity === 'NOT_YET');
  return [['EXPIRED', past], ['NOT_YET', later]].map(([state, some]) => (some.length ? html`<details key=${state} class="folded"><summary>${say(`policies.folded.${state}`, some.length)}</summary><ul>${/** @type {Counts[]} */ (some).map((row) => html`<li key=${row.benefit.id}>${BenefitLink(row.benefit)} <small class="quiet">${row.policies.map(cited).join(say('comma'))} · ${row.policies.map((one) => [say('policies.one.from', one.validFrom ?? one.issuedOn), one.validTo && say('policies.one.to', one.validTo)].filter(Boolean).join(' ')).join(say('comma'))}</small></li>`)}</ul></details>` : null));
}
