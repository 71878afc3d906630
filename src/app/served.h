// What a commune is served with: its opinions, its meter, its town hall, made once for each commune that is visited; and what surrounds the
// pages of each visitor. Thread-safe.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "audit/journal.h"
#include "metering/ecologits.h"
#include "metering/ledger.h"
#include "pages/frame.h"
#include "people/visitor.h"
#include "tenants/directory.h"
#include "usecases/assistant/meter.h"
#include "usecases/assistant/services.h"

namespace beffroi::app {

class Served {
 public:
  struct Parts {
    std::shared_ptr<const tenants::Directory> directory;
    assistant::Services shared;  // what every commune has alike
    assistant::Meter::LookAtWorker worker;
    std::optional<metering::ModelSize> model_size;
    pages::Skin skin;
    std::shared_ptr<audit::Journal> journal;  // not null
    std::string home_model, model_sha256;  // of the model on this machine; empty: none
  };
  explicit Served(Parts parts) : parts_(std::move(parts)) {}

  [[nodiscard]] Result<assistant::Services> services(const people::Visitor& visitor);
  // By the models since the program started, all communes together.
  [[nodiscard]] metering::Totals spent();
  [[nodiscard]] pages::Surroundings around(const people::Visitor& visitor) const;
  [[nodiscard]] Result<bool> base_is_open(const tenants::Tenant& tenant) const;
  [[nodiscard]] Result<answers::TownHall> town_hall(const tenants::Tenant& tenant) const;
  void count(const tenants::Tenant& tenant, std::string_view service, const llm::Usage& usage);

 private:
  struct Commune {
    std::shared_ptr<assistant::FeedbackStore> feedback;
    std::shared_ptr<assistant::Meter> meter;
  };
  [[nodiscard]] Commune commune(const tenants::Tenant& tenant);

  const Parts parts_;
  std::mutex mutex_;
  std::map<std::string, Commune> communes_;  // by id
};

}  // namespace beffroi::app
