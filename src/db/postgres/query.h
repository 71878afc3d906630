// One PostgreSQL statement behind Query.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "db/engine.h"
#include "db/postgres/connection.h"

namespace beffroi::db::postgres {

class PostgresQuery final : public Query {
 public:
  PostgresQuery(std::shared_ptr<Connection> connection, std::shared_ptr<const Plan> plan);

  Status bind(int position, std::string_view text) override;
  Status bind(int position, std::int64_t number) override;
  Status bind(int position, double number) override;
  Status bind(int position, std::span<const std::byte> bytes) override;
  Status bind_null(int position) override;
  Result<bool> step() override;
  void reset() override;
  std::string_view text(int column) const override;
  std::int64_t number(int column) const override;
  double real(int column) const override;
  std::span<const std::byte> bytes(int column) const override;
  bool is_null(int column) const override;

 private:
  enum class Format { text = 0, bytes = 1 };
  // As SQLite's STRICT tables do: bytes go where bytes are kept, and nothing else does.
  [[nodiscard]] Status put(int position, std::string value, Format format);
  [[nodiscard]] Status within(int position) const;
  [[nodiscard]] Status run();
  [[nodiscard]] std::string_view raw(int column) const;  // what the server wrote; empty for NULL

  std::shared_ptr<Connection> connection_;
  std::shared_ptr<const Plan> plan_;
  std::vector<std::optional<std::string>> values_;
  std::vector<Format> formats_;
  Answer answer_;
  int row_ = -1;
  mutable std::map<int, std::string> decoded_;  // the bytes of the row that were asked for, by column
};

}  // namespace beffroi::db::postgres
