// The query page: GraphiQL on this service's own endpoint, opened with the examples of index.html,
// or with the query of the address (#query=…&variables=…), which never reaches the server's log.
"use strict";
(() => {
  const place = document.getElementById("graphiql");
  const endpoint = new URL(place.dataset.endpoint, location.href);
  const socket = new URL(endpoint);
  socket.protocol = endpoint.protocol === "https:" ? "wss:" : "ws:";

  const given = new URLSearchParams(location.hash.slice(1));
  const tabs = JSON.parse(document.getElementById("examples").textContent).map(({ query, variables }) => ({
    query,
    variables: JSON.stringify(variables, null, 2),
  }));

  const properties = {
    fetcher: GraphiQL.createFetcher({ url: endpoint.href, subscriptionUrl: socket.href }),
    defaultTabs: tabs,
    plugins: [GraphiQLPluginExplorer.explorerPlugin({ showAttribution: false })],
    shouldPersistHeaders: false, // a key typed into the headers is gone with the tab
    inputValueDeprecation: true,
  };
  if (given.has("query")) {
    properties.query = given.get("query");
    properties.variables = given.get("variables") || "";
  }
  ReactDOM.createRoot(place).render(React.createElement(GraphiQL, properties));
})();
