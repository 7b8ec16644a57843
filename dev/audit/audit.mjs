// GraphQL over HTTP, as its reference implementation audits a server: prints what is not kept, then the counts.
import { serverAudits } from 'graphql-http';

const url = process.argv[2];
const counts = {};
for (const audit of serverAudits({ url, fetchFn: fetch })) {
  const result = await audit.fn();
  counts[result.status] = (counts[result.status] ?? 0) + 1;
  if (result.status !== 'ok') console.log(`${result.status} ${audit.name}: ${result.reason ?? ''}`);
}
console.log(JSON.stringify(counts));
