// @ts-check
/** What may this organisation have, what is it short of, which fact would tell, what did it get? */
import { useAnswer } from '../../ask.js';
import { Answer, Empty, Foot } from '../../parts/frames.js';
import { Stamp } from '../../parts/marks.js';
import { html, link, say, to, view } from '../../shared.js';
import { BenefitLink, Groups, listed, Tally } from './rows.js';

/** @typedef {import('../../../queries').BenefitStatus} Status */

/** @param {{org: string}} props */
export function OfFirm({ org }) {
  const answer = useAnswer('page/firm-policies', { org, asOf: view.value.asOf, realOnly: view.value.realOnly });
  const other = answer.data?.organisation && answer.data.organisation.id !== org;
  return Answer(other ? { ...answer, data: null } : answer, (data) => {
    const firm = data.organisation, found = firm?.benefits;
    if (!firm) return html`<main id="main"><h1>${say('policies.nofirm', org)}</h1>${Empty(say('search.hint'))}</main>`;
    const head = html`<header class="head row"><div><h1>${say('policies.of', firm.name)} ${Stamp(firm)}</h1><p><a ...${link(to('firm', { org }, { town: '' }))}>${say('policies.firm.page')} →</a></p></div>
      <p class="exports"><a class="button" href=${listed('unclaimed', { org })} download>${say('policies.export.unclaimed')}</a><a class="button" href=${listed('benefits', { org })} download>${say('policies.export.all')}</a></p></header>`;
    if (!found || found.unknownReason) return html`<main id="main" class="policies">${head}${Empty(found?.unknownReason ?? say('unknown'))}${Foot(found?.method)}</main>`;
    const now = found.rows.filter((row) => row.validity === 'IN_FORCE');
    const group = (/** @type {Status} */ status, /** @type {number} */ count) => ({ status, count, rows: now.filter((row) => row.status === status) });
    return html`<main id="main" class="policies">${head}
      ${Tally(found, firm.name, 'policies.one.items')}
      ${now.length ? Groups({ of: 'benefit', groups: [group('ELIGIBLE', found.eligible), group('UNKNOWN', found.unknown), group('NOT_ELIGIBLE', found.notEligible)] }) : Empty(say('policies.firm.none'))}
      ${['EXPIRED', 'NOT_YET'].map((state) => { const some = found.rows.filter((row) => row.validity === state); return some.length ? html`<details key=${state} class="folded"><summary>${say(`policies.folded.${state}`, some.length)}</summary><ul>${some.map((row) => html`<li key=${row.benefit.id}>${BenefitLink(row.benefit)} <small class="quiet">${[say(`policies.status.${row.status}`), say(`policies.received.${row.received}`), row.note].filter(Boolean).join(say('semicolon'))}</small></li>`)}</ul></details>` : null; })}
      ${found.undecided.length ? html`<details class="folded"><summary>${say('policies.undecided', found.undecided.length)}</summary><ul>${found.undecided.map((one) => html`<li key=${one}>${one}</li>`)}</ul></details>` : null}${Foot(found.method)}</main>`;
  });
}
