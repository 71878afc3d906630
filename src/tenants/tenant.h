// A commune, and the only key to its data.
//
//   <home>/communes/<id>/commune.sqlite   everything that belongs to this commune
//
// What a commune owns is reached through its Tenant and in no other way: there is no tenant column to forget, and two communes never
// share a file. A Tenant is a value, safe to copy and to use from several threads; each connection it gives serves one thread.
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "base/result.h"
#include "db/database.h"

namespace beffroi::tenants {

class Tenant {
 public:
  // Makes the commune's folder and file on first use. Code::invalid_argument unless `id` is 1 to 63 of a-z, 0-9 and '-': an id can
  // name no other folder. `migrations`: the tables of what the commune uses, numbered across the program.
  [[nodiscard]] static Result<Tenant> open(const std::filesystem::path& home, const std::string& id,
                                           std::span<const db::Migration> migrations);

  [[nodiscard]] const std::string& id() const { return id_; }
  [[nodiscard]] Result<db::Database> connect() const;

 private:
  Tenant(std::string id, std::filesystem::path file) : id_(std::move(id)), file_(std::move(file)) {}

  std::string id_;
  std::filesystem::path file_;
};

}  // namespace beffroi::tenants
