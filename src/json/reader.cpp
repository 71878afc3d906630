// Boost.JSON lives in this file only. Its library is compiled here from its headers (src.hpp), so nothing is linked for it.
#include "json/reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/src.hpp>
#include <cmath>
#include <set>

namespace beffroi::json {

namespace bj = boost::json;

namespace {

const bj::value& as_value(const void* pointer) { return *static_cast<const bj::value*>(pointer); }
std::string_view as_text(const bj::string& text) { return {text.data(), text.size()}; }
std::string_view as_text(bj::string_view text) { return {text.data(), text.size()}; }

std::string_view french_name(Kind kind) {
  switch (kind) {
    case Kind::null: return "une valeur vide (null)";
    case Kind::boolean: return "vrai ou faux";
    case Kind::number: return "un nombre";
    case Kind::string: return "un texte";
    case Kind::array: return "une liste";
    case Kind::object: return "un objet";
  }
  return "une valeur";
}

// A name that comes from outside is shown shortened.
void append_name(std::string& path, std::string_view name) {
  constexpr std::size_t kShownBytes = 60;
  if (name.size() <= kShownBytes) {
    path += name;
    return;
  }
  std::size_t end = kShownBytes;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) --end;  // not in the middle of a character
  path += name.substr(0, end);
  path += "…";
}

// Walks from `from` to `target`, writing the path taken. Recursion is bounded by the depth limit of the parse.
bool find_path(const bj::value& from, const bj::value* target, std::string& path) {
  if (&from == target) return true;
  const std::size_t start = path.size();
  if (const bj::object* object = from.if_object()) {
    for (const auto& member : *object) {
      if (!path.empty()) path += '.';
      append_name(path, as_text(member.key()));
      if (find_path(member.value(), target, path)) return true;
      path.resize(start);
    }
  } else if (const bj::array* array = from.if_array()) {
    for (std::size_t i = 0; i < array->size(); ++i) {
      path += fmt::format("[{}]", i);
      if (find_path((*array)[i], target, path)) return true;
      path.resize(start);
    }
  }
  return false;
}

// What the parser disliked, in French, with its place in the text.
Error parse_fault(const bj::error_code& error, std::string_view text, std::size_t offset) {
  const std::size_t at = std::min(offset, text.size());
  const auto lines = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
  const std::size_t line_start = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  const std::size_t column = line_start == std::string_view::npos ? at + 1 : at - line_start;
  std::string reason = "le texte n’est pas du JSON bien formé";
  Code code = Code::bad_input;
  if (error == bj::error::too_deep) {
    reason = "les objets et les listes sont trop imbriqués";
    code = Code::too_large;
  } else if (error == bj::error::incomplete) {
    reason = "le JSON s’arrête avant la fin";
  } else if (error == bj::error::extra_data) {
    reason = "du texte suit la fin du JSON";
  } else if (error == bj::error::illegal_leading_surrogate || error == bj::error::illegal_trailing_surrogate ||
             error == bj::error::expected_utf16_escape) {
    reason = "un caractère \\u est mal formé";
  }
  const std::string place = lines == 0 ? fmt::format("Caractère {}", column) : fmt::format("Ligne {}, caractère {}", lines + 1, column);
  return Error{code, fmt::format("{}\u00a0: {}.", place, reason), error.message()};
}

// Hears the events of a parser and stops it at the first name that an object holds twice.
class Names {
 public:
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = max_object_size, max_key_size = max_object_size, max_string_size = max_object_size;

  bool on_object_begin(bj::error_code&) { return open_.emplace_back(), true; }
  bool on_object_end(std::size_t, bj::error_code&) { return open_.pop_back(), true; }
  bool on_key_part(bj::string_view part, std::size_t, bj::error_code&) { return name_ += as_text(part), true; }
  bool on_key(bj::string_view part, std::size_t, bj::error_code& error) {
    name_ += as_text(part);
    repeated = !open_.back().insert(std::exchange(name_, {})).second;
    if (repeated) error = bj::error::syntax;
    return !repeated;
  }

  static bool on_document_begin(bj::error_code&) { return true; }
  static bool on_document_end(bj::error_code&) { return true; }
  static bool on_array_begin(bj::error_code&) { return true; }
  static bool on_array_end(std::size_t, bj::error_code&) { return true; }
  static bool on_string_part(bj::string_view, std::size_t, bj::error_code&) { return true; }
  static bool on_string(bj::string_view, std::size_t, bj::error_code&) { return true; }
  static bool on_number_part(bj::string_view, bj::error_code&) { return true; }
  static bool on_int64(std::int64_t, bj::string_view, bj::error_code&) { return true; }
  static bool on_uint64(std::uint64_t, bj::string_view, bj::error_code&) { return true; }
  static bool on_double(double, bj::string_view, bj::error_code&) { return true; }
  static bool on_bool(bool, bj::error_code&) { return true; }
  static bool on_null(bj::error_code&) { return true; }
  static bool on_comment_part(bj::string_view, bj::error_code&) { return true; }
  static bool on_comment(bj::string_view, bj::error_code&) { return true; }

  bool repeated = false;

 private:
  std::vector<std::set<std::string>> open_;
  std::string name_;
};

// Of a text that is JSON.
bool repeats_a_name(std::string_view text, const bj::parse_options& options) {
  bj::basic_parser<Names> parser(options);
  bj::error_code error;
  parser.write_some(false, text.data(), text.size(), error);
  return parser.handler().repeated;
}

}  // namespace

struct Document::Values {
  bj::value root;
  explicit Values(bj::value&& parsed) : root(bj::pilfer(parsed)) {}
};

Document::Document(std::unique_ptr<Values> values) : values_(std::move(values)) {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

Result<Document> Document::parse(std::string_view text, const Limits& limits) {
  if (text.size() > limits.size_bytes) {
    return fail(Code::too_large, fmt::format("Le JSON dépasse la limite de {} octets.", limits.size_bytes));
  }
  bj::parse_options options;
  options.max_depth = limits.depth;
  try {
    // One arena for the whole document: parsed fast, freed at once.
    bj::parser parser(bj::make_shared_resource<bj::monotonic_resource>(), options);
    bj::error_code error;
    const std::size_t read = parser.write_some(text.data(), text.size(), error);
    if (!error && read < text.size()) error = bj::error::extra_data;
    if (error) return tl::unexpected(parse_fault(error, text, read));
    if (limits.names_once && repeats_a_name(text, options)) {
      return fail(Code::bad_input, "Le JSON donne deux fois le même nom à un champ.");
    }
    return Document(std::make_unique<Values>(parser.release()));
  } catch (const std::exception& fault) {
    return fail(Code::internal, "Le JSON n’a pas pu être lu.", fault.what());
  }
}

Node Document::root() const { return {&values_->root, &values_->root}; }

Kind Node::kind() const {
  switch (as_value(value_).kind()) {
    case bj::kind::null: return Kind::null;
    case bj::kind::bool_: return Kind::boolean;
    case bj::kind::int64:
    case bj::kind::uint64:
    case bj::kind::double_: return Kind::number;
    case bj::kind::string: return Kind::string;
    case bj::kind::array: return Kind::array;
    case bj::kind::object: return Kind::object;
  }
  return Kind::null;
}

std::string Node::path() const {
  std::string path;
  find_path(as_value(root_), &as_value(value_), path);
  return path;
}

tl::unexpected<Error> Node::fault(std::string_view expectation) const {
  Error error{Code::bad_input, fmt::format("{}.", expectation), {}};
  const std::string where = path();
  return tl::unexpected(std::move(error).at(where.empty() ? "Le JSON" : where));
}

Result<std::string> Node::text() const {
  const bj::string* text = as_value(value_).if_string();
  if (text == nullptr) return fault(fmt::format("un texte était attendu, et non {}", french_name(kind())));
  const std::string_view view = as_text(*text);
  if (view.find('\0') != std::string_view::npos) return fault("le caractère nul n’est pas admis");
  return std::string(view);
}

Result<bool> Node::boolean() const {
  const bool* truth = as_value(value_).if_bool();
  if (truth == nullptr) return fault(fmt::format("vrai ou faux (true, false) était attendu, et non {}", french_name(kind())));
  return *truth;
}

Result<std::int64_t> Node::integer() const {
  const bj::value& value = as_value(value_);
  if (const auto* whole = value.if_int64()) return *whole;
  if (const auto* real = value.if_double()) {
    constexpr double kExact = 9007199254740992.0;  // 2^53: whole doubles below are exact
    if (std::abs(*real) <= kExact && std::floor(*real) == *real) return static_cast<std::int64_t>(*real);
  }
  return fault("un nombre entier était attendu");
}

Result<double> Node::number() const {
  const bj::value& value = as_value(value_);
  if (const auto* real = value.if_double()) return *real;
  if (const auto* whole = value.if_int64()) return static_cast<double>(*whole);
  if (const auto* natural = value.if_uint64()) return static_cast<double>(*natural);
  return fault(fmt::format("un nombre était attendu, et non {}", french_name(kind())));
}

Result<std::vector<std::string>> Node::texts() const {
  if (kind() != Kind::array) return fault(fmt::format("une liste de textes était attendue, et non {}", french_name(kind())));
  std::vector<std::string> texts;
  texts.reserve(size());
  for (std::size_t i = 0; i < size(); ++i) texts.push_back(BEFFROI_TRY(at(i).text()));
  return texts;
}

std::string_view Node::text_or_empty() const {
  const bj::string* text = as_value(value_).if_string();
  return text == nullptr ? std::string_view{} : as_text(*text);
}

std::optional<Node> Node::find(std::string_view name) const {
  const bj::object* object = as_value(value_).if_object();
  if (object == nullptr) return std::nullopt;
  const bj::value* found = object->if_contains(bj::string_view(name.data(), name.size()));
  if (found == nullptr || found->is_null()) return std::nullopt;
  return Node(root_, found);
}

Result<Node> Node::member(std::string_view name) const {
  if (kind() != Kind::object) return fault(fmt::format("un objet était attendu, et non {}", french_name(kind())));
  if (const auto found = find(name)) return *found;
  return fault(fmt::format("«\u00a0{}\u00a0» manque", name));
}

Status Node::only(std::initializer_list<std::string_view> names) const {
  if (kind() != Kind::object) return fault(fmt::format("un objet était attendu, et non {}", french_name(kind())));
  for (std::size_t i = 0; i < size(); ++i) {
    if (std::find(names.begin(), names.end(), name_at(i)) == names.end()) {
      return at(i).fault(fmt::format("ce champ n’est pas connu\u00a0; champs admis\u00a0: {}", fmt::join(names, ", ")));
    }
  }
  return {};
}

std::size_t Node::size() const {
  const bj::value& value = as_value(value_);
  if (const bj::array* array = value.if_array()) return array->size();
  if (const bj::object* object = value.if_object()) return object->size();
  return 0;
}

Node Node::at(std::size_t position) const {
  const bj::value& value = as_value(value_);
  if (const bj::array* array = value.if_array()) return {root_, &(*array)[position]};
  return {root_, &(value.get_object().begin() + static_cast<std::ptrdiff_t>(position))->value()};
}

std::string_view Node::name_at(std::size_t position) const {
  const bj::object* object = as_value(value_).if_object();
  if (object == nullptr) return {};
  return as_text((object->begin() + static_cast<std::ptrdiff_t>(position))->key());
}

Result<std::optional<Document>> LinesReader::next() {
  std::string text;
  char c = 0;
  while (true) {
    text.clear();
    bool over = false, ended = true;
    while (stream_.get(c)) {
      if (c == '\n') {
        ended = false;
        break;
      }
      if (text.size() <= limits_.size_bytes) text += c;
      else over = true;
    }
    if (ended && text.empty()) return std::nullopt;
    ++line_;
    if (text.find_first_not_of(" \t\r") == std::string::npos && !over) continue;
    auto parsed = Document::parse(text, limits_);
    if (!parsed) return tl::unexpected(std::move(parsed).error().at(fmt::format("ligne {}", line_)));
    return std::optional<Document>(std::move(*parsed));
  }
}

}  // namespace beffroi::json
