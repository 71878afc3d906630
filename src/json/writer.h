// Writes JSON text: always valid UTF-8 (a broken byte becomes U+FFFD), numbers that read back equal, no trailing commas to think of.
//
//   json::Writer out;
//   out.begin_object().field("id", "F1341").key("sentences").begin_array().value("…").end_array().end_object();
//   std::move(out).text();
//
// The caller closes what it opens and writes a key before each member: a misuse stops the program in a debug build.
// Not thread-safe; one writer, one document.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace beffroi::json {

class Writer {
 public:
  Writer& begin_object();
  Writer& end_object();
  Writer& begin_array();
  Writer& end_array();
  Writer& key(std::string_view name);

  Writer& value(std::string_view text);
  Writer& value(const char* text) { return value(std::string_view(text)); }
  Writer& value(const std::string& text) { return value(std::string_view(text)); }
  Writer& value(bool truth);
  Writer& value(double number);  // shortest form that reads back equal; not-a-number and infinity become null
  template <std::signed_integral Integer>
  Writer& value(Integer number) {
    return integer(static_cast<std::int64_t>(number));
  }
  template <std::unsigned_integral Integer>
    requires(!std::same_as<Integer, bool>)
  Writer& value(Integer number) {
    return natural(static_cast<std::uint64_t>(number));
  }
  Writer& null();
  Writer& value(const std::vector<std::string>& texts);  // an array of strings
  Writer& raw(std::string_view json);  // a value already written by another Writer

  template <class Value>
  Writer& field(std::string_view name, const Value& member) {
    return key(name).value(member);
  }

  [[nodiscard]] const std::string& text() const& { return out_; }
  [[nodiscard]] std::string text() && { return std::move(out_); }

 private:
  Writer& integer(std::int64_t number);
  Writer& natural(std::uint64_t number);
  void before_value();

  std::string out_;
  std::vector<char> open_;  // '{' or '[', innermost last
  bool first_ = true;       // nothing written yet in the innermost object or array
  bool after_key_ = false;
};

// The text as a JSON string, quotes included.
[[nodiscard]] std::string quoted(std::string_view text);

}  // namespace beffroi::json
