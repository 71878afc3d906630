// The OpenAI-compatible door of a commune (/v1) for its programs, the quotas that hold it, and the page that shows what the privacy gate does.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "answers/ask.h"
#include "audit/line.h"
#include "base/clock.h"
#include "http/router.h"
#include "knowledge/corpus.h"
#include "llm/chat_model.h"
#include "llm/embedder.h"
#include "pages/frame.h"
#include "pages/html.h"
#include "people/door.h"
#include "privacy/gate.h"
#include "usecases/gateway/crowd.h"

namespace beffroi::gateway {

// Where what people type goes, and what is done with the personal data in it.
struct Sending {
  privacy::Destination destination = privacy::Destination::local;
  privacy::Policy policy = {};
  std::string place;  // for people: « le modèle de cette machine », the host of an upstream; empty: no model is configured
};

// What the routes stand on. Everything here is called from several threads at once.
struct Services {
  std::shared_ptr<const people::Door> door;
  // What is current: an import may replace it while the server runs. Null while nothing is ready.
  std::function<std::shared_ptr<const answers::Answerer>()> answerer;
  std::function<std::shared_ptr<const knowledge::Corpus>()> corpus;
  std::function<Result<bool>(const tenants::Tenant&)> may_read_base;  // is the official base open to this commune?
  std::function<Result<answers::TownHall>(const tenants::Tenant&)> town_hall;
  std::shared_ptr<llm::Embedder> embedder;  // null: no vectors
  std::shared_ptr<llm::ChatModel> model;  // null: none; behind the privacy gate when it is served elsewhere
  std::string why_no_model;  // French, when there is none
  Sending sending;
  std::function<void(const people::Visitor&, std::string_view service, const llm::Usage&)> meter;  // may be empty
  std::function<pages::Surroundings(const people::Visitor&)> around;
  std::function<void(pages::Html&, const people::Visitor&)> tabs;  // of the administration, above the quotas; may be empty
  // The journal of the visitor's commune: what cannot be written there is not done.
  std::function<Status(const people::Visitor&, audit::Entry)> record;
  std::shared_ptr<Crowd> crowd;  // of all communes together
  Clock now_ms;
};

// /v1, described in api/openapi.yaml.
void add_api_routes(http::Router& router, const Services& services);
// /administration/quotas and /donnees-personnelles.
void add_page_routes(http::Router& router, const Services& services);

}  // namespace beffroi::gateway
