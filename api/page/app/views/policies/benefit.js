// @ts-check
/** Whom is this benefit for, in the province or in a town: its text, its conditions, its paper, and three groups. */
import { useAnswer } from '../../ask.js';
import { Answer, Empty, Foot } from '../../parts/frames.js';
import { Stamp } from '../../parts/marks.js';
import { html, link, say, to, view } from '../../shared.js';
import { amount, Groups, listed, Paper, Tally } from './rows.js';

/** @param {{benefit: string}} props */
export function OfBenefit({ benefit }) {
  const { town, asOf, realOnly } = view.value, answer = useAnswer('page/benefit', { benefit, within: town || null, asOf, realOnly });
  const other = answer.data?.benefit && answer.data.benefit.id !== benefit;
  return Answer(other ? { ...answer, data: null } : answer, (data) => {
    const one = data.benefit;
    if (!one) return html`<main id="main"><h1>${say('policies.nobenefit', benefit)}</h1>${Empty(say('policies.nobenefit.how'))}<p><a ...${link(to('policies'))}>${say('policies.all')} →</a></p></main>`;
    const found = one.eligible, of = { benefit, ...(town ? { town } : {}) };
    return html`<main id="main" class="policies"><header class="head row"><div><h1>${one.name} ${Stamp(one)}</h1>
        <p class="quiet">${[say(`policies.resource.${one.resource}`), one.amount === null ? say('policies.one.noamount') : say(one.recipient === 'TOWN' ? 'policies.one.each.town' : 'policies.one.each', amount(one.amount)), one.once && say('policies.one.once'), found?.validity ? say(`policies.validity.${found.validity}`) : say('policies.one.nopaper')].filter(Boolean).join(' · ')}</p></div>
        <p class="exports"><a class="button" href=${listed('unclaimed', of)} download>${say('policies.export.unclaimed')}</a><a class="button" href=${listed('benefits', of)} download>${say('policies.export.all')}</a></p></header>
      <div class="text"><blockquote cite=${one.policies.nodes[0]?.url ?? undefined}>${one.text}</blockquote><p><b class="word">${say('policies.one.conditions')}</b>${one.inWords ?? say('policies.one.everybody')}</p>${one.policies.nodes.map(Paper)}</div>
      <p>${town ? html`${say('policies.within')} <a ...${link(to('policies'))}>${say('policies.town.back')}</a> · <a ...${link(to('policies', { benefit }, { town: '' }))}>${say('policies.province')}</a>` : html`${say('policies.everywhere')} · <a ...${link(to('policies'))}>${say('policies.all')}</a>`}</p>
      ${found?.validity && found.validity !== 'IN_FORCE' ? html`<p class="banner"><b class="stamp">${say(`policies.validity.${found.validity}`)}</b> ${say('policies.one.reference')}</p>` : null}
      ${found?.note ? html`<p class="quiet">${found.note}</p>` : null}
      ${!found || found.unknownReason ? Empty(found?.unknownReason ?? say('unknown')) : html`
        ${Tally(found, one.name, 'policies.one.firms')}
        ${Groups({ of: 'organisation', groups: [{ status: 'ELIGIBLE', rows: found.rows, count: found.count }, { status: 'UNKNOWN', rows: one.open?.rows ?? [], count: one.open?.count ?? 0 }, { status: 'NOT_ELIGIBLE', rows: one.out?.rows ?? [], count: one.out?.count ?? 0 }] })}`}
      ${Foot(found?.method)}</main>`;
  });
}
