// corpus.sqlite: what is kept of a corpus, and the words of SQL that read and write it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "db/database.h"
#include "knowledge/corpus.h"
#include "knowledge/redirections.h"

namespace beffroi::knowledge {

inline constexpr std::string_view kCorpusFile = "corpus.sqlite";
inline constexpr std::string_view kIndexFile = "lexical.idx";
inline constexpr std::string_view kVectorsFile = "vectors.bin";

// One publication as it is stored.
struct Record {
  std::string id;
  std::string title;
  std::string date;
  std::int64_t passages = 0;
  bool withdrawn = false;
  std::uint64_t hash = 0;   // of `body`
  std::string body;         // encode(publication)
};

// What is known of a publication without reading it.
struct Known {
  std::string title;
  std::uint64_t hash = 0;
};

class Store {
 public:
  [[nodiscard]] static Result<Store> open(const std::filesystem::path& folder, db::Access access);

  [[nodiscard]] db::Database& database() { return database_; }

  [[nodiscard]] Result<std::map<std::string, Known>> known();
  [[nodiscard]] Status put(const Record& record);
  [[nodiscard]] Status remove(const std::string& id);
  [[nodiscard]] Status put_redirections(const Redirections& redirections);

  // The stored bytes of a publication; nothing when it is not there.
  [[nodiscard]] Result<std::optional<std::string>> body(std::string_view id);
  [[nodiscard]] Result<std::optional<std::string>> redirection(std::string_view id);
  [[nodiscard]] Result<std::optional<Record>> record(std::string_view id);
  [[nodiscard]] Result<Redirections> redirections();
  [[nodiscard]] Result<std::vector<std::string>> ids();
  [[nodiscard]] Status each_body(const std::function<Status(std::string_view body)>& take);

  [[nodiscard]] Result<CorpusInfo> info();
  [[nodiscard]] Status put_info(const CorpusInfo& info);
  [[nodiscard]] Status add_to_journal(const CorpusInfo& info, const ImportReport& report);

 private:
  explicit Store(db::Database database) : database_(std::move(database)) {}
  db::Database database_;
};

// FNV-1a, 64 bits: tells a changed publication from an unchanged one.
[[nodiscard]] std::uint64_t hash_of(std::string_view bytes, std::uint64_t seed = 0xCBF29CE484222325ULL);

}  // namespace beffroi::knowledge
