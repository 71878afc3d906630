// Members of a body of these routes, with the one at fault named as fault.h wants it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "json/reader.h"

namespace beffroi::gateway {

inline constexpr std::size_t kBodyLimitBytes = 1 << 20;

// An object. Code::invalid_argument when it is no JSON or anything else.
[[nodiscard]] Result<json::Document> parsed(std::string_view body);

[[nodiscard]] Result<std::string> member_text(const json::Node& node, const std::string& name);
[[nodiscard]] Result<std::string> required_text(const json::Node& object, const std::string& name);
// `path`: how the member is named in a fault.
[[nodiscard]] Result<bool> flag_or(const json::Node& object, std::string_view name, bool otherwise, const std::string& path);
[[nodiscard]] Result<std::vector<std::string>> texts_or_none(const json::Node& object, std::string_view name, const std::string& path);
struct Range {
  std::int64_t least, most;
};
[[nodiscard]] Result<std::int64_t> number_or(const json::Node& object, const std::string& name, std::int64_t otherwise, Range range);
// Refuses a member that is not named here.
[[nodiscard]] Status only(const json::Node& object, std::initializer_list<std::string_view> names);

}  // namespace beffroi::gateway
