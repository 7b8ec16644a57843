// The query page: GraphiQL on this service's own endpoint, opened with the examples of index.html,
// or with the query of the address (#query=…&variables=…, or #document=page/town&variables=… for one of the
// page's own), which never reaches the server's log.
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
  const open = (query) => {
    if (query !== null) {
      properties.query = query;
      properties.variables = given.get("variables") || "";
    }
    ReactDOM.createRoot(place).render(React.createElement(GraphiQL, properties));
  };
  const document_ = given.get("document");
  if (document_ === null) open(given.get("query"));
  else {
    fetch(new URL(`documents/${document_}`, endpoint)).then(
      (response) => (response.ok ? response.text() : null),
      () => null,
    ).then(open);
  }
})();
