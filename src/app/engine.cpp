#include "app/engine.h"

#include <fmt/format.h>

#include <filesystem>

#include "answers/model_selector.h"
#include "llm/e5/e5_embedder.h"

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
  std::unique_ptr<Engine> engine(new Engine(config, lexical ? nullptr : installed_embedder(config), std::move(language)));
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

Result<bool> Engine::reload_if_changed() {
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
