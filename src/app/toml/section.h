// Inside the room: one table of beffroi.toml, read key by key. Faults name the file, the line and what was expected.
#pragma once

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

#include "base/result.h"

namespace beffroi::app {

// One table of the file, and the first fault met in it.
class Section {
 public:
  Section(const toml::table& root, std::string_view name, const std::string& file, Status& status)
      : name_(name), file_(file), status_(status) {
    const toml::node* node = root.get(name);
    if (node == nullptr) return;
    table_ = node->as_table();
    if (table_ == nullptr) refuse(*node, fmt::format("[{}] doit être une section", name));
  }
  // One of a repeated section.
  Section(const toml::table& table, std::string_view name, Status& status, const std::string& file)
      : name_(name), file_(file), status_(status), table_(&table) {}

  void known(std::initializer_list<std::string_view> keys) {
    if (table_ == nullptr) return;
    for (const auto& [key, node] : *table_) {
      if (std::find(keys.begin(), keys.end(), key.str()) == keys.end()) {
        refuse(node, fmt::format("la clé «\u00a0{}\u00a0» n’existe pas dans [{}] (clés possibles\u00a0: {})", key.str(), name_,
                                 fmt::join(keys, ", ")));
      }
    }
  }

  void read(std::string_view key, std::string& target) {
    if (const toml::node* node = find(key)) {
      if (const auto value = node->value_exact<std::string>()) target = *value;
      else refuse(*node, fmt::format("«\u00a0{}\u00a0»\u00a0: un texte entre guillemets était attendu", key));
    }
  }

  void read(std::string_view key, std::filesystem::path& target) {
    std::string text = target.string();
    read(key, text);
    target = text;
  }

  void read(std::string_view key, bool& target) {
    if (const toml::node* node = find(key)) {
      if (const auto value = node->value_exact<bool>()) target = *value;
      else refuse(*node, fmt::format("«\u00a0{}\u00a0»\u00a0: true ou false était attendu", key));
    }
  }

  template <class Integer>
  void read(std::string_view key, Integer& target, std::int64_t least, std::int64_t most) {
    if (const toml::node* node = find(key)) {
      const auto value = node->value_exact<std::int64_t>();
      if (value && *value >= least && *value <= most) target = static_cast<Integer>(*value);
      else refuse(*node, fmt::format("«\u00a0{}\u00a0»\u00a0: un nombre entier de {} à {} était attendu", key, least, most));
    }
  }

  void read(std::string_view key, std::vector<std::string>& target) {
    const toml::node* node = find(key);
    if (node == nullptr) return;
    const toml::array* items = node->as_array();
    std::vector<std::string> values;
    for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
      if (const auto value = items->get(i)->value_exact<std::string>()) values.push_back(*value);
      else items = nullptr;
    }
    if (items == nullptr) refuse(*node, fmt::format("«\u00a0{}\u00a0»\u00a0: une liste de textes était attendue", key));
    else target = std::move(values);
  }

  [[nodiscard]] bool is_there() const { return table_ != nullptr; }
  [[nodiscard]] bool has(std::string_view key) const { return find(key) != nullptr; }

  // The tables of [[section.key]].
  [[nodiscard]] std::vector<const toml::table*> repeated(std::string_view key) {
    std::vector<const toml::table*> tables;
    const toml::node* node = find(key);
    const toml::array* items = node == nullptr ? nullptr : node->as_array();
    for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) tables.push_back(items->get(i)->as_table());
    const bool whole = node == nullptr || (items != nullptr && std::find(tables.begin(), tables.end(), nullptr) == tables.end());
    if (whole) return tables;
    refuse(*node, fmt::format("[[{}.{}]] doit être une section répétée", name_, key));
    return {};
  }

  void refuse_section(std::string_view why) {
    if (table_ != nullptr) refuse(*table_, fmt::format("[{}]\u00a0: {}", name_, why));
  }
  void refuse_value(std::string_view key, std::string_view expected) {
    if (const toml::node* node = find(key)) refuse(*node, fmt::format("«\u00a0{}\u00a0»\u00a0: {}", key, expected));
  }

 private:
  const toml::node* find(std::string_view key) const { return table_ == nullptr ? nullptr : table_->get(key); }

  void refuse(const toml::node& node, std::string_view why) {
    if (!status_) return;
    status_ = fail(Code::invalid_argument, fmt::format("{}, ligne {}\u00a0: {}.", file_, node.source().begin.line, why));
  }

  std::string_view name_;
  const std::string& file_;
  Status& status_;
  const toml::table* table_ = nullptr;
};

// An IPv4 or IPv6 address, no name.
[[nodiscard]] inline bool is_machine(const std::string& address) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  return ::inet_pton(AF_INET, address.c_str(), bytes.data()) == 1 || ::inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1;
}

// Of a commune or a service: it names a folder too.
[[nodiscard]] inline bool is_identifier(std::string_view id) {
  return !id.empty() && id.size() <= 63 &&
         std::all_of(id.begin(), id.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

}  // namespace beffroi::app
