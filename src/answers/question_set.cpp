#include "answers/question_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "base/files.h"
#include "grounding/verbatim.h"
#include "json/reader.h"
#include "text/utf8.h"

namespace beffroi::answers {
namespace {

Result<std::string> optional_text(const json::Node& line, std::string_view name) {
  const auto node = line.find(name);
  return node ? node->text() : Result<std::string>(std::string());
}

Result<Labelled> from_json(const json::Node& line) {
  Labelled one;
  const auto question = line.find("question") ? line.find("question") : line.find("text");
  if (!question) return line.fault("une question était attendue (« question » ou « text »)");
  one.question = BEFFROI_TRY(question->text());
  one.id = BEFFROI_TRY(optional_text(line, "id"));
  one.kind = BEFFROI_TRY(optional_text(line, "kind"));
  one.split = BEFFROI_TRY(optional_text(line, "split"));
  one.expected = BEFFROI_TRY(optional_text(line, "expected"));
  one.channel = BEFFROI_TRY(optional_text(line, "channel"));
  if (const auto node = line.find("publications")) one.publications = BEFFROI_TRY(node->texts());
  if (const auto node = line.find("support")) one.support = BEFFROI_TRY(node->texts());
  return one;
}

Result<std::vector<Labelled>> read_json(const std::string& content) {
  std::istringstream stream(content);
  json::LinesReader reader(stream);
  std::vector<Labelled> out;
  while (true) {
    const auto document = BEFFROI_TRY(reader.next());
    if (!document) return out;
    out.push_back(BEFFROI_TRY(from_json(document->root())));
  }
}

std::vector<std::string> columns(const std::string& line) {
  std::vector<std::string> out;
  std::istringstream stream(line);
  for (std::string cell; std::getline(stream, cell, '\t');) out.push_back(cell);
  return out;
}

Result<std::vector<Labelled>> read_table(const std::string& content) {
  std::istringstream lines(content);
  std::string line;
  std::getline(lines, line);
  const auto header = columns(line);
  const auto column = [&](std::initializer_list<std::string_view> names) {
    for (std::size_t i = 0; i < header.size(); ++i) {
      if (std::find(names.begin(), names.end(), header[i]) != names.end()) return i;
    }
    return header.size();
  };
  const std::size_t question = column({"question", "query"}), id = column({"qid", "id"});
  if (question == header.size()) {
    return fail(Code::bad_input, "La première ligne doit nommer une colonne « question » ou « query », séparée par des tabulations.");
  }
  std::vector<Labelled> out;
  while (std::getline(lines, line)) {
    const auto cells = columns(line);
    if (cells.size() <= question) continue;
    Labelled one;
    one.question = cells[question];
    one.id = id < cells.size() ? cells[id] : fmt::format("q{}", out.size());
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace

Result<std::vector<Labelled>> read_question_set(const std::filesystem::path& path) {
  const std::string content = BEFFROI_TRY(read_file(path));
  if (!text::is_valid_utf8(content)) return fail(Code::bad_input, fmt::format("« {} » n’est pas en UTF-8.", path.string()));
  const std::size_t first = content.find_first_not_of(" \t\r\n");
  auto set = first != std::string::npos && content[first] == '{' ? read_json(content) : read_table(content);
  if (!set) return tl::unexpected(std::move(set).error().at(path.filename().string()));
  return set;
}

bool supports(std::string_view shown, const std::vector<std::string>& labels) {
  const std::string plain = grounding::bare(shown);
  return std::any_of(labels.begin(), labels.end(), [&](const std::string& label) {
    const std::string wanted = grounding::bare(label);
    return plain.find(wanted) != std::string::npos || (plain.size() > 20 && wanted.find(plain) != std::string::npos);
  });
}

}  // namespace beffroi::answers
