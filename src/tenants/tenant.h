// A node of the installation, and the only key to its data.
//
//   <home>/communes/<id>/commune.sqlite   everything that belongs to this node (or the PostgreSQL schema commune_<id>)
//   <home>/communes/<id>/files/           files that belong to it
//
// What a node owns is reached through its Tenant and in no other way: there is no tenant column to forget, and two nodes never share a
// file. Only a Directory makes a Tenant, after it has looked that the node exists and is active: a function that takes one cannot be
// called without. A Tenant is a value, safe to copy and to use from several threads; each connection it gives serves one thread.
// It is a pass for the work at hand, not to be kept: a node suspended later is refused by the Directory, not by a Tenant given before.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "db/database.h"
#include "db/place.h"
#include "tenants/node.h"

namespace beffroi::tenants {

class Tenant {
 public:
  [[nodiscard]] const std::string& id() const { return parts_->node.id; }
  [[nodiscard]] const std::string& name() const { return parts_->node.name; }
  [[nodiscard]] Kind kind() const { return parts_->node.kind; }
  [[nodiscard]] const std::string& parent() const { return parts_->node.parent; }  // empty: none

  [[nodiscard]] Result<db::Database> connect() const;
  // The folder of its files, made on first use. Code::storage.
  [[nodiscard]] Result<std::filesystem::path> files() const;

 private:
  friend class Directory;
  friend class SettingsReader;
  struct Parts {
    Node node;
    db::Place place;
    std::filesystem::path folder;
    std::optional<db::Place> parent_place;  // read for what the parent shares, and for nothing else
  };
  explicit Tenant(std::shared_ptr<const Parts> parts) : parts_(std::move(parts)) {}

  std::shared_ptr<const Parts> parts_;
};

}  // namespace beffroi::tenants
