// Asks the AsyncAPI parser what it thinks of the document on stdin. Argument: the folder of node_modules that holds it.
const { readFileSync } = require("node:fs");
const { Parser } = require(require.resolve("@asyncapi/parser", { paths: [process.argv[2]] }));

new Parser().parse(readFileSync(0, "utf8")).then(({ document, diagnostics }) => {
  const channels = document ? document.channels().all().length : 0;
  process.stdout.write(JSON.stringify({ channels, diagnostics }));
});
