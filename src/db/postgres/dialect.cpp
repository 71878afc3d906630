#include "db/postgres/dialect.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <utility>
#include <vector>

namespace beffroi::db::postgres {

namespace {

bool begins_word(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_' || (static_cast<unsigned char>(c) & 0x80) != 0;
}
bool continues_word(char c) { return begins_word(c) || std::isdigit(static_cast<unsigned char>(c)) != 0; }

// Where what begins at `from` ends: a space, a comment, something quoted, a word, or one character.
std::size_t end_of_quoted(std::string_view sql, std::size_t from, std::string_view closing) {
  const std::size_t at = sql.find(closing, from);
  return at == std::string_view::npos ? sql.size() : at + closing.size();
}

// « $$ » or « $name$ » at `from`; empty when there is none.
std::string_view dollar_tag(std::string_view sql, std::size_t from) {
  std::size_t end = from + 1;
  while (end < sql.size() && continues_word(sql[end])) ++end;
  return end < sql.size() && sql[end] == '$' ? sql.substr(from, end + 1 - from) : std::string_view{};
}

enum class Kind { blank, quoted, word, sign };

struct Token {
  Kind kind = Kind::sign;
  std::string_view text;

  // SQL's words have no case.
  [[nodiscard]] bool is(std::string_view word) const {
    return text.size() == word.size() && std::equal(text.begin(), text.end(), word.begin(), [](char a, char b) {
             return std::toupper(static_cast<unsigned char>(a)) == std::toupper(static_cast<unsigned char>(b));
           });
  }
};

Token token_at(std::string_view sql, std::size_t from) {
  const char c = sql[from];
  const auto upto = [&](Kind kind, std::size_t end) { return Token{kind, sql.substr(from, end - from)}; };
  if (std::isspace(static_cast<unsigned char>(c)) != 0) return upto(Kind::blank, from + 1);
  if (sql.substr(from).starts_with("--")) return upto(Kind::blank, end_of_quoted(sql, from, "\n"));
  if (sql.substr(from).starts_with("/*")) return upto(Kind::blank, end_of_quoted(sql, from + 2, "*/"));
  // A doubled quote inside is read as two pieces that touch: the same characters come out.
  if (c == '\'' || c == '"') return upto(Kind::quoted, end_of_quoted(sql, from + 1, sql.substr(from, 1)));
  if (c == '$') {
    const std::string_view tag = dollar_tag(sql, from);
    if (!tag.empty()) return upto(Kind::quoted, end_of_quoted(sql, from + tag.size(), tag));
  }
  if (!begins_word(c)) return upto(Kind::sign, from + 1);
  std::size_t end = from + 1;
  while (end < sql.size() && continues_word(sql[end])) ++end;
  return upto(Kind::word, end);
}

class Translation {
 public:
  explicit Translation(std::string_view sql) {
    for (std::size_t at = 0; at < sql.size(); at += tokens_.back().text.size()) tokens_.push_back(token_at(sql, at));
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (tokens_[i].kind != Kind::blank) said_.push_back(i);
    }
  }

  std::string run() {
    std::size_t next = 0;  // in said_
    for (std::size_t i = 0; i < tokens_.size();) {
      if (next == said_.size() || said_[next] != i) {
        out_ += tokens_[i++].text;
        continue;
      }
      const std::size_t read = speak(next);
      i = said_[next + read - 1] + 1;
      next += read;
    }
    return std::move(out_);
  }

 private:
  // The n-th token that says something; an empty one outside.
  [[nodiscard]] Token said(std::size_t n) const { return n < said_.size() ? tokens_[said_[n]] : Token{}; }

  // Writes what stands for the tokens at `n`; how many were read.
  std::size_t speak(std::size_t n) {
    const Token token = said(n);
    follow(n, token);
    if (token.kind == Kind::sign && token.text == "?") {
      out_ += '$' + std::to_string(++parameters_);
      return 1;
    }
    if (after_table(token)) return 1;
    if (table_ && is_default_today(n)) {
      out_ += "DEFAULT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD')";
      return 7;
    }
    if (token.kind == Kind::word && (names_column_type(n) || ends_cast(n))) {
      out_ += type(n);
      return 1;
    }
    if (table_ && token.is("AUTOINCREMENT")) return 1;
    out_ += token.text;
    return 1;
  }

  // Where we are: which statement, how deep.
  void follow(std::size_t n, const Token& token) {
    if (n == 0 || said(n - 1).text == ";") {
      table_ = (token.is("CREATE") || token.is("ALTER")) && said(n + 1).is("TABLE");
      body_closed_ = false;
      depth_ = 0;
    }
    if (token.text == "(") ++depth_;
    if (token.text == ")" && --depth_ == 0) closing_ = true;
  }

  // STRICT, WITHOUT ROWID and their comma.
  bool after_table(const Token& token) {
    if (std::exchange(closing_, false)) {
      body_closed_ = true;
      return false;
    }
    return table_ && body_closed_ && depth_ == 0 && (token.is("STRICT") || token.is("WITHOUT") || token.is("ROWID") || token.text == ",");
  }

  [[nodiscard]] bool is_default_today(std::size_t n) const {
    constexpr std::array<std::string_view, 7> kWords = {"DEFAULT", "(", "date", "(", "'now'", ")", ")"};
    for (std::size_t i = 0; i < kWords.size(); ++i) {
      if (!said(n + i).is(kWords.at(i))) return false;
    }
    return true;
  }

  // « (name TYPE », « , name TYPE », « ADD name TYPE », « COLUMN name TYPE »
  [[nodiscard]] bool names_column_type(std::size_t n) const {
    if (!table_ || n < 2) return false;
    const Token name = said(n - 1), before = said(n - 2);
    if (name.is("COLUMN") || (name.kind != Kind::word && name.kind != Kind::quoted)) return false;
    return before.text == "(" || before.text == "," || before.is("COLUMN") || before.is("ADD");
  }

  [[nodiscard]] bool ends_cast(std::size_t n) const { return n > 0 && said(n - 1).is("AS") && said(n + 1).text == ")"; }

  [[nodiscard]] std::string type(std::size_t n) const {
    const Token token = said(n);
    const bool column = names_column_type(n);
    if (token.is("INTEGER")) {
      const bool numbered = column && said(n + 1).is("PRIMARY") && said(n + 2).is("KEY");
      return numbered ? "BIGINT GENERATED BY DEFAULT AS IDENTITY" : "BIGINT";
    }
    if (token.is("REAL")) return "DOUBLE PRECISION";
    if (token.is("BLOB")) return "BYTEA";
    if (token.is("TEXT") && column) return R"(TEXT COLLATE "C")";
    return std::string(token.text);
  }

  std::vector<Token> tokens_;
  std::vector<std::size_t> said_;  // those that are not blank
  std::string out_;
  int parameters_ = 0;
  int depth_ = 0;
  bool table_ = false;  // in CREATE TABLE or ALTER TABLE
  bool closing_ = false;  // the last « ) » closed the outermost « ( »
  bool body_closed_ = false;
};

}  // namespace

std::string translated(std::string_view sql) { return Translation(sql).run(); }

}  // namespace beffroi::db::postgres
