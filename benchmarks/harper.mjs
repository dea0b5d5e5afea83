// Applies the first suggestion of each of Harper's lints to files in place: node harper.mjs FILE …
import { readFileSync, writeFileSync } from "node:fs";
import { LocalLinter, SuggestionKind } from "harper.js";
import { binaryInlined } from "harper.js/binaryInlined";

const linter = new LocalLinter({ binary: binaryInlined });
await linter.setup();
for (const path of process.argv.slice(2)) {
  const text = Array.from(readFileSync(path, "utf8"));
  const lints = await linter.lint(text.join(""), { language: "plaintext" });
  const found = lints.filter((lint) => lint.suggestion_count()).map((lint) => [lint.span(), lint.suggestions()[0]]);
  let from = text.length;
  for (const [span, suggestion] of found.sort(([a], [b]) => b.start - a.start)) {
    if (span.end > from) continue;
    const inserts = suggestion.kind() === SuggestionKind.InsertAfter;
    const at = inserts ? span.end : span.start;
    text.splice(at, span.end - at, ...suggestion.get_replacement_text());
    from = span.start;
  }
  writeFileSync(path, text.join(""));
}
