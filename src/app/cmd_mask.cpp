// beffroi mask: the personal data of texts, as spans in code points; and how well it is found, on labelled texts.
#include <fmt/format.h>

#include <chrono>
#include <sstream>

#include "app/commands.h"
#include "app/console.h"
#include "base/files.h"
#include "json/reader.h"
#include "json/writer.h"
#include "privacy/detect.h"
#include "privacy/evaluation.h"
#include "privacy/gate.h"

namespace beffroi::app {

namespace {

constexpr std::uint64_t kFileBytesMax = 1ULL << 30;

privacy::Document document_of(const MaskOptions& options) {
  return options.public_act ? privacy::Document::public_act : privacy::Document::personal;
}

Result<std::vector<privacy::PointSpan>> spans_of(const std::string& text, const MaskOptions& options) {
  privacy::Policy policy;
  policy.dates = !options.keep_dates;
  const auto found = privacy::concerned(BEFFROI_TRY(privacy::detect(text)), document_of(options), policy);
  return privacy::in_code_points(text, found);
}

Result<std::string> masked_line(const json::Node& row, const MaskOptions& options) {
  const json::Node id_node = BEFFROI_TRY(row.member("id")), text_node = BEFFROI_TRY(row.member("text"));
  json::Writer out;
  out.begin_object().key("id");
  if (id_node.kind() == json::Kind::number) out.value(BEFFROI_TRY(id_node.integer()));
  else out.value(BEFFROI_TRY(id_node.text()));
  const std::string text = BEFFROI_TRY(text_node.text());
  out.key("spans").begin_array();
  const std::vector<privacy::PointSpan> spans = BEFFROI_TRY(spans_of(text, options));
  for (const privacy::PointSpan& span : spans) {
    out.begin_object().field("start", span.begin).field("end", span.end).field("label", privacy::name_of(span.label)).end_object();
  }
  return std::move(out.end_array().end_object()).text() + "\n";
}

// The whole output, or the fault and its line: nothing is written for half a file.
Result<std::string> masked_lines(const MaskOptions& options) {
  std::istringstream stream(BEFFROI_TRY(read_file(options.jsonl, kFileBytesMax)));
  json::LinesReader lines(stream, {.size_bytes = privacy::kTextBytesMax * 2, .depth = 32});
  std::string out;
  while (true) {
    const auto document = BEFFROI_TRY(lines.next());
    if (!document) return out;
    auto line = masked_line(document->root(), options);
    if (!line) return tl::unexpected<Error>(std::move(line).error().at(fmt::format("ligne {}", lines.line())));
    out += *line;
  }
}

void print_figures(const privacy::Figures& figures, double megabytes_per_second, bool as_json) {
  if (as_json) {
    json::Writer out;
    out.begin_object().key("leak").begin_object();
    for (const auto& [label, tally] : figures.by_label) {
      out.key(label).begin_object().field("spans", tally.spans).field("leaked", tally.leaked).field("share", tally.share()).end_object();
    }
    out.end_object().field("leak_all", figures.all.share()).field("over_mask", figures.over_mask());
    out.field("negatives", figures.negatives.spans).field("negatives_touched", figures.negatives.leaked);
    fmt::print("{}\n", out.field("mb_per_second", megabytes_per_second).end_object().text());
    return;
  }
  for (const auto& [label, tally] : figures.by_label) {
    fmt::print("{:22} {:5} sur {:5} non masqués ({:.1f} %)\n", label, tally.leaked, tally.spans, 100 * tally.share());
  }
  fmt::print(
      "Tous\u00a0: {:.2f} %. Masqué à tort\u00a0: {:.2f} %. Voisins à ne pas toucher, touchés\u00a0: {} sur {}. Vitesse\u00a0: {:.0f} Mo/s.\n",
      100 * figures.all.share(), 100 * figures.over_mask(), figures.negatives.leaked, figures.negatives.spans, megabytes_per_second);
}

}  // namespace

int run_mask(const Config&, const MaskOptions& options) {
  const auto lines = masked_lines(options);
  if (!lines) return say_fault(lines.error());
  const Status written = write_file_atomically(options.out, *lines);
  return written ? kDone : say_fault(written.error());
}

int run_eval_mask(const Config&, const EvalMaskOptions& options) {
  const auto content = read_file(options.jsonl, kFileBytesMax);
  if (!content) return say_fault(content.error());
  const auto texts = privacy::read_labelled(*content);
  if (!texts) return say_fault(texts.error());
  privacy::Figures figures;
  MaskOptions masking;
  masking.keep_dates = options.keep_dates;
  std::chrono::duration<double> spent{};
  double bytes = 0;
  if (!privacy::detect("Bonjour")) return kFailure;  // the lists are read before the clock starts
  for (const privacy::LabelledText& labelled : *texts) {
    const auto started = std::chrono::steady_clock::now();
    const auto spans = spans_of(labelled.text, masking);
    spent += std::chrono::steady_clock::now() - started;
    if (!spans) return say_fault(spans.error());
    bytes += static_cast<double>(labelled.text.size());
    privacy::tally(labelled, *spans, figures);
  }
  print_figures(figures, spent.count() > 0 ? bytes / 1e6 / spent.count() : 0, options.json);
  return kDone;
}

}  // namespace beffroi::app
