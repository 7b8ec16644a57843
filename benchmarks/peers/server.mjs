// The peers in Node.js: `node server.mjs neo4j|bare` prints its port, and ends with its standard input.
import { createServer } from "node:http";
import { Neo4jGraphQL } from "@neo4j/graphql";
import { createSchema, createYoga } from "graphql-yoga";
import neo4j from "neo4j-driver";

const typeDefs = /* GraphQL */ `
  type Town @node {
    id: ID!
    name: String!
    level: String
    status: String
    members: [Organisation!]! @relationship(type: "MEMBER_OF", direction: IN)
  }
  type Product @node {
    id: ID!
    name: String!
  }
  type Supply @relationshipProperties {
    product: String
    year: Int
    value: Float
  }
  type Organisation @node {
    id: ID!
    name: String!
    aliases: [String!]
    synthetic: Boolean
    form: String
    uscc: String
    address: String
    longitude: Float
    latitude: Float
    foundedOn: Date
    closedOn: Date
    stockCode: String
    towns: [Town!]! @relationship(type: "MEMBER_OF", direction: OUT)
    makes: [Product!]! @relationship(type: "MAKES", direction: OUT)
    suppliers: [Organisation!]! @relationship(type: "SUPPLIES", direction: IN, properties: "Supply")
    upstream: Int!
      @cypher(
        statement: "MATCH (this)<-[:SUPPLIES*1..3]-(s) WHERE s <> this RETURN count(DISTINCT s) AS n"
        columnName: "n"
      )
  }
`;

async function graph() {
  const { NEO4J, NEO4J_USER, NEO4J_PASSWORD, NEO4J_DATABASE } = process.env;
  const driver = neo4j.driver(NEO4J, neo4j.auth.basic(NEO4J_USER, NEO4J_PASSWORD), {
    notificationFilter: { minimumSeverityLevel: "OFF" },
  });
  const schema = await new Neo4jGraphQL({ typeDefs, driver }).getSchema();
  return { schema, context: { sessionConfig: { database: NEO4J_DATABASE } } };
}

const bare = () => ({ schema: createSchema({ typeDefs: "type Query { name: String }" }) });

const made = process.argv[2] === "bare" ? bare() : await graph();
const server = createServer(createYoga({ ...made, logging: false, graphiql: false, landingPage: false }));
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.stdin.on("end", () => process.exit()).resume();
