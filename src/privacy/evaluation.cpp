#include "privacy/evaluation.h"

#include <algorithm>
#include <sstream>

#include "json/reader.h"
#include "text/decode.h"

namespace beffroi::privacy {

namespace {

// Letters and digits, in code points: what a reader could make something of.
std::vector<bool> readable(std::string_view text) {
  std::vector<bool> out;
  for (std::size_t at = 0; at < text.size();) {
    const auto decoded = text::decode_utf8(text, at);
    const char32_t c = decoded.code_point;
    out.push_back((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  (c >= 0xC0 && c < 0x2000 && c != 0xD7 && c != 0xF7));
    at += decoded.size_bytes;
  }
  return out;
}

std::vector<bool> covered(std::size_t points, const auto& spans) {
  std::vector<bool> out(points, false);
  for (const auto& span : spans) {
    for (std::size_t i = span.begin; i < span.end && i < points; ++i) out[i] = true;
  }
  return out;
}

Result<std::vector<LabelledText::Gold>> read_spans(const json::Node& row, std::string_view name) {
  std::vector<LabelledText::Gold> out;
  const auto list = row.find(name);
  for (std::size_t i = 0; list && i < list->size(); ++i) {
    const json::Node span = list->at(i);
    LabelledText::Gold gold;
    const json::Node start = BEFFROI_TRY(span.member("start")), end = BEFFROI_TRY(span.member("end"));
    const json::Node label = BEFFROI_TRY(span.member("label"));
    gold.begin = static_cast<std::size_t>(BEFFROI_TRY(start.integer()));
    gold.end = static_cast<std::size_t>(BEFFROI_TRY(end.integer()));
    gold.label = BEFFROI_TRY(label.text());
    if (gold.end < gold.begin) return span.fault("une fin après le début était attendue");
    out.push_back(std::move(gold));
  }
  return out;
}

}  // namespace

Figures::Tally Figures::of(const std::vector<std::string_view>& labels) const {
  Tally sum;
  for (const std::string_view label : labels) {
    const auto found = by_label.find(std::string(label));
    if (found == by_label.end()) continue;
    sum.spans += found->second.spans;
    sum.leaked += found->second.leaked;
  }
  return sum;
}

void tally(const LabelledText& labelled, const std::vector<PointSpan>& spans, Figures& figures) {
  const std::vector<bool> counts = readable(labelled.text);
  const std::vector<bool> masked = covered(counts.size(), spans), gold = covered(counts.size(), labelled.entities);
  for (const auto& entity : labelled.entities) {
    bool leaked = false;
    for (std::size_t i = entity.begin; i < entity.end && i < counts.size(); ++i) leaked = leaked || (counts[i] && !masked[i]);
    for (Figures::Tally* one : {&figures.by_label[entity.label], &figures.all}) {
      ++one->spans;
      one->leaked += leaked ? 1 : 0;
    }
  }
  for (const auto& negative : labelled.negatives) {
    bool touched = false;
    for (std::size_t i = negative.begin; i < negative.end && i < counts.size(); ++i) touched = touched || masked[i];
    ++figures.negatives.spans;
    figures.negatives.leaked += touched ? 1 : 0;
  }
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (!counts[i] || gold[i]) continue;
    ++figures.outside;
    figures.outside_masked += masked[i] ? 1 : 0;
  }
}

Result<std::vector<LabelledText>> read_labelled(std::string_view json_lines) {
  std::istringstream stream{std::string(json_lines)};
  json::LinesReader lines(stream, {.size_bytes = 64 << 20, .depth = 8});
  std::vector<LabelledText> out;
  while (true) {
    const auto document = BEFFROI_TRY(lines.next());
    if (!document) return out;
    const json::Node row = document->root();
    LabelledText one;
    if (const auto id = row.find("id")) one.id = id->text_or_empty();
    const json::Node text = BEFFROI_TRY(row.member("text"));
    one.text = BEFFROI_TRY(text.text());
    one.entities = BEFFROI_TRY(read_spans(row, "entities"));
    one.negatives = BEFFROI_TRY(read_spans(row, "negatives"));
    out.push_back(std::move(one));
  }
}

}  // namespace beffroi::privacy
