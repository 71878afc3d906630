#include "tenants/node.h"

#include <fmt/format.h>

#include <algorithm>

namespace beffroi::tenants {

namespace {

constexpr std::size_t kMaxNameBytes = 200;
constexpr std::size_t kMaxHostBytes = 253;
constexpr std::size_t kMaxLabelBytes = 63;

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; }

// Words of a-z, 0-9 and '-' between dots.
bool is_dns_name(std::string_view name) {
  std::size_t label = 0;
  for (const char c : name) {
    if (c == '.' && label == 0) return false;
    if (c != '.' && !is_word(c)) return false;
    label = c == '.' ? 0 : label + 1;
    if (label > kMaxLabelBytes) return false;
  }
  return label > 0 && name.front() != '-';
}

bool is_address_6(std::string_view name) {
  return name.size() > 3 && name.front() == '[' && name.back() == ']' && std::all_of(name.begin() + 1, name.end() - 1, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || c == ':' || c == '.';
         });
}

bool is_port(std::string_view text) {
  return text.size() <= 5 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

bool is_node_id(std::string_view id, std::size_t most_bytes) {
  return !id.empty() && id.size() <= most_bytes && std::all_of(id.begin(), id.end(), is_word);
}

Status check_name(std::string_view name) {
  const bool printable = std::none_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  if (!name.empty() && name.size() <= kMaxNameBytes && printable) return {};
  return fail(Code::invalid_argument, fmt::format("Le nom doit tenir en une ligne de 1 à {} octets.", kMaxNameBytes));
}

Result<std::string> host_name(std::string_view header) {
  std::string name(header);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  const std::size_t end_of_address = name.starts_with('[') ? name.find(']') : 0;
  const std::size_t colon = end_of_address == std::string::npos ? std::string::npos : name.find(':', end_of_address);
  if (colon != std::string::npos && is_port(std::string_view(name).substr(colon + 1))) name.resize(colon);
  if (name.size() > 1 && name.ends_with('.')) name.pop_back();
  if (name.size() <= kMaxHostBytes && !name.empty() && (is_dns_name(name) || is_address_6(name))) return name;
  return fail(Code::invalid_argument, "Le nom de machine n’est pas valide\u00a0: lettres sans accent, chiffres, tirets et points.");
}

std::string_view word_of(Kind kind) { return kind == Kind::syndicate ? "syndicate" : "commune"; }
std::string_view word_of(State state) { return state == State::active ? "active" : "suspended"; }

}  // namespace beffroi::tenants
