// Where an installation keeps its databases: in its home folder (SQLite), or in schemas of one PostgreSQL database.
//
//   SQLite       <home>/installation.sqlite     <home>/communes/<id>/commune.sqlite
//   PostgreSQL   schema installation            schema commune_<id>, '-' written '_'     schema corpora
//
// Files (models, corpora, documents) are in the home folder in both cases.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"
#include "db/place.h"

namespace beffroi::tenants {

struct Storage {
  std::filesystem::path home;
  std::optional<db::Server> postgres;  // none: SQLite

  [[nodiscard]] Result<db::Place> installation() const;
  // Code::invalid_argument when `id` is no node's id, or too long to name a schema.
  [[nodiscard]] Result<db::Place> node(const std::string& id) const;
  // The publications that the machines of one installation share; none on SQLite, where there is one machine.
  [[nodiscard]] Result<std::optional<db::Place>> corpora() const;
  [[nodiscard]] std::filesystem::path node_folder(const std::string& id) const { return home / "communes" / id; }
};

// Makes a folder and those above it. Code::storage.
[[nodiscard]] Status make_folder(const std::filesystem::path& folder);

}  // namespace beffroi::tenants
