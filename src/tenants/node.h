// A node of the installation's tree: a syndicate, or a commune (under a syndicate or alone).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace beffroi::tenants {

enum class Kind { syndicate, commune };
enum class State { active, suspended };  // suspended: nothing of it can be opened, its data stay

struct Node {
  std::string id;      // see is_node_id
  Kind kind = Kind::commune;
  std::string name;    // « Mairie de Beffroi-sur-Lys »
  std::string parent;  // id of the syndicate of a commune; empty: none
  State state = State::active;
  std::vector<std::string> hosts;  // names under which its pages are served, in order of the alphabet
};

// Ids of new nodes: 1 to 40 of a-z, 0-9 and '-', so that an id names one folder and one PostgreSQL schema and nothing else.
// A commune made by an earlier program may have up to 63.
inline constexpr std::size_t kMaxNewIdBytes = 40;
inline constexpr std::size_t kMaxIdBytes = 63;
[[nodiscard]] bool is_node_id(std::string_view id, std::size_t most_bytes = kMaxIdBytes);

// 1 to 200 bytes without control characters.
[[nodiscard]] Status check_name(std::string_view name);

// The name of a Host header in one writing: lower case, without port nor final dot. Code::invalid_argument when it is not the name or
// address of a machine.
[[nodiscard]] Result<std::string> host_name(std::string_view header);

[[nodiscard]] std::string_view word_of(Kind kind);    // "syndicate", "commune": as stored and in JSON
[[nodiscard]] std::string_view word_of(State state);  // "active", "suspended"

}  // namespace beffroi::tenants
