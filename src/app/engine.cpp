#include "app/engine.h"

#include <fmt/format.h>

#include <filesystem>

#include "answers/model_selector.h"
#include "app/installation.h"
#include "base/log.h"
#include "knowledge/replica.h"
#include "knowledge/store.h"
#include "llm/e5/e5_embedder.h"
#include "tenants/folder_lock.h"

namespace beffroi::app {

namespace {

answers::TownHall town_hall_of(const CommuneConfig& commune) {
  answers::TownHall hall;
  hall.name = commune.name;
  hall.telephone = commune.telephone;
  hall.address = commune.address;
  hall.hours = commune.hours;
  hall.url = commune.url;
  return hall;
}

}  // namespace

std::shared_ptr<llm::Embedder> installed_embedder(const Config& config, unsigned passage_threads) {
  const std::filesystem::path model = llm::e5::model_path(config.deps);
  std::error_code ignored;
  if (!config.search.semantic || !std::filesystem::is_regular_file(model, ignored)) return nullptr;
  llm::e5::Options options;
  options.model = model;
  options.passage_threads = passage_threads;
  return llm::e5::make_embedder(options);
}

Result<std::unique_ptr<Engine>> Engine::open(const Config& config, bool lexical) {
  Language language = BEFFROI_TRY(language_of(config));
  const tenants::Storage storage = BEFFROI_TRY(storage_of(config));
  auto shared = BEFFROI_TRY(storage.corpora());
  std::unique_ptr<Engine> engine(
      new Engine(config, std::move(shared), lexical ? nullptr : installed_embedder(config), std::move(language)));
  std::error_code absent;
  if (!std::filesystem::exists(config.corpus_folder() / knowledge::kCorpusFile, absent)) BEFFROI_CHECK(engine->take_shared());
  BEFFROI_CHECK(engine->load());
  return engine;
}

std::shared_ptr<const knowledge::Corpus> Engine::corpus() const {
  const std::lock_guard lock(mutex_);
  return corpus_;
}

std::shared_ptr<const answers::Answerer> Engine::answerer() const {
  const std::lock_guard lock(mutex_);
  return answerer_;
}

answers::TownHall Engine::town_hall() const { return town_hall_of(config_.commune); }

// Not while an import works here, or another program takes it already: their turn first.
Status Engine::take_shared() const {
  if (!shared_) return {};
  BEFFROI_CHECK(tenants::make_folder(config_.corpus_folder()));
  const auto turn = tenants::FolderLock::take(config_.corpus_folder(), tenants::FolderLock::Kind::alone);
  if (!turn) return {};
  db::Database shared = BEFFROI_TRY(db::Database::open(*shared_));
  auto pulled = BEFFROI_TRY(knowledge::pull(config_.corpus_folder(), kSharedCorpus, shared));
  std::error_code absent;
  // Nobody has published yet: the installation has just come to this server.
  if (pulled.generation.empty() && std::filesystem::exists(config_.corpus_folder() / knowledge::kCorpusFile, absent))
    pulled = BEFFROI_TRY(knowledge::publish(config_.corpus_folder(), kSharedCorpus, shared));
  else if (pulled.changed) log::info("base_taken", {{"generation", pulled.generation}, {"taken", std::to_string(pulled.taken)}});
  return {};
}

Result<bool> Engine::reload_if_changed() {
  // A server that is down, or what it holds altered: the base at hand goes on serving.
  if (const Status taken = take_shared(); !taken) log::warn("base_not_taken", {{"detail", taken.error().message}});
  {
    const std::lock_guard lock(mutex_);
    if (stamp() == stamp_) return false;
  }
  BEFFROI_CHECK(load());
  return true;
}

Status Engine::load() {
  std::string now = stamp();  // before opening: a change in between is seen next time
  std::shared_ptr<const knowledge::Corpus> corpus = BEFFROI_TRY(knowledge::Corpus::open(config_.corpus_folder()));
  auto answerer =
      std::make_shared<const answers::Answerer>(answers::Answerer::Parts{corpus, embedder_, selector_, town_hall_of(config_.commune)});
  const std::lock_guard lock(mutex_);
  corpus_ = std::move(corpus);
  answerer_ = std::move(answerer);
  stamp_ = std::move(now);
  return {};
}

std::string Engine::stamp() const {
  std::string all;
  for (const char* name : {"corpus.sqlite", "lexical.idx", "vectors.bin"}) {
    std::error_code fault;
    const auto path = config_.corpus_folder() / name;
    const auto written = std::filesystem::last_write_time(path, fault);
    const auto size = fault ? 0 : std::filesystem::file_size(path, fault);
    all += fmt::format("{}:{}:{};", name, fault ? 0 : written.time_since_epoch().count(), size);
  }
  return all;
}

}  // namespace beffroi::app
