#include "knowledge/corpus.h"

#include <fmt/format.h>

#include <mutex>
#include <utility>

#include "base/log.h"
#include "knowledge/codec.h"
#include "knowledge/dates.h"
#include "knowledge/index.h"
#include "knowledge/store.h"

namespace beffroi::knowledge {

namespace fs = std::filesystem;

namespace {

Result<std::unique_ptr<Store>> opened(const fs::path& folder) {
  auto store = Store::open(folder, db::Access::read_only);
  if (store) return std::make_unique<Store>(std::move(*store));
  if (store.error().code != Code::not_found) return tl::unexpected<Error>(std::move(store).error());
  return fail(Code::not_found,
              "La base officielle n’est pas encore importée\u00a0: lancez «\u00a0make setup\u00a0» ou «\u00a0beffroi import\u00a0».");
}

// The state of the base when it was opened, held by one read transaction: what an import changes meanwhile is not seen, so the index
// and the publications always agree. Several threads read in turn.
class StoredCorpus : public Corpus {
 public:
  StoredCorpus(std::unique_ptr<Store> store, db::Transaction transaction, CorpusInfo info)
      : store_(std::move(store)), transaction_(std::move(transaction)), info_(std::move(info)) {}

  // False when the index on disk is of another state of the base, or cannot be read.
  bool attach_index(const fs::path& folder) {
    auto searcher = search::Searcher::open(folder / kIndexFile, folder / kVectorsFile);
    if (!searcher || (*searcher)->generation() != info_.generation) return false;
    searcher_ = std::move(*searcher);
    return true;
  }

  // The index is derived: lost, damaged or of another import, it is made again.
  Status make_index(const fs::path& folder) {
    log::warn("index_rebuilt", {{"generation", info_.generation}});
    BEFFROI_CHECK(write_index(*store_, folder / kIndexFile, {.generation = info_.generation}));
    if (attach_index(folder)) return {};
    return fail(Code::unavailable, "L’index de recherche ne correspond pas à la base\u00a0: relancez «\u00a0beffroi import\u00a0».");
  }

  [[nodiscard]] const CorpusInfo& info() const override { return info_; }
  [[nodiscard]] const search::Searcher& searcher() const override { return *searcher_; }

  [[nodiscard]] Result<Publication> publication(std::string_view id) const override {
    const std::string body = BEFFROI_TRY(find(id));
    return decode(body);
  }

  // One by one, so that readers of a single publication never wait for the whole base.
  [[nodiscard]] Status for_each(const std::function<void(const Publication&)>& use) const override {
    for (const std::string& id : BEFFROI_TRY(ids())) use(BEFFROI_TRY(publication(id)));
    return {};
  }

 private:
  Result<std::vector<std::string>> ids() const {
    const std::lock_guard lock(mutex_);
    return store_->ids();
  }

  Result<std::string> find(std::string_view id) const {
    const std::lock_guard lock(mutex_);
    auto body = BEFFROI_TRY(store_->body(id));
    if (!body) {
      const auto now_known_as = BEFFROI_TRY(store_->redirection(id));
      if (now_known_as) body = BEFFROI_TRY(store_->body(*now_known_as));
    }
    if (body) return std::move(*body);
    return fail(Code::not_found, fmt::format("La publication «\u00a0{}\u00a0» n’existe pas dans la base.", id.substr(0, 40)));
  }

  mutable std::mutex mutex_;
  std::unique_ptr<Store> store_;
  db::Transaction transaction_;
  CorpusInfo info_;
  std::unique_ptr<search::Searcher> searcher_;
};

Result<std::shared_ptr<StoredCorpus>> open_snapshot(const fs::path& folder) {
  std::unique_ptr<Store> store = BEFFROI_TRY(opened(folder));
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(store->database(), db::Transaction::Kind::read));
  CorpusInfo info = BEFFROI_TRY(store->info());
  if (info.publications == 0) {
    return fail(Code::not_found, "La base officielle est vide\u00a0: relancez «\u00a0beffroi import\u00a0».");
  }
  info.notice = notice_for(info.newest_date, Clock::now());
  return std::make_shared<StoredCorpus>(std::move(store), std::move(transaction), std::move(info));
}

}  // namespace

Result<std::shared_ptr<const Corpus>> Corpus::open(const fs::path& folder) {
  auto corpus = BEFFROI_TRY(open_snapshot(folder));
  if (corpus->attach_index(folder)) return corpus;
  // An import may have ended between the two: the base as it is now has its index.
  corpus = BEFFROI_TRY(open_snapshot(folder));
  if (!corpus->attach_index(folder)) BEFFROI_CHECK(corpus->make_index(folder));
  return corpus;
}

}  // namespace beffroi::knowledge
