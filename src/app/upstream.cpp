#include "app/upstream.h"

#include <utility>

#include "app/upstream_key.h"
#include "llm/openai/openai_model.h"
#include "llm/queued_model.h"
#include "privacy/guarded_model.h"

namespace beffroi::app {

privacy::Policy upstream_policy(const Config& config) {
  privacy::Policy policy;
  if (config.privacy.upstream_refuses) policy.upstream = privacy::Upstream::refuse;
  return policy;
}

Result<std::unique_ptr<llm::ChatModel>> configured_upstream(const Config& config) {
  const UpstreamConfig& upstream = config.upstream;
  if (upstream.url.empty()) return nullptr;
  llm::openai::Options options;
  options.base_url = upstream.url;
  options.model = upstream.model;
  options.key = BEFFROI_TRY(upstream_key(config));
  options.trusted_local = upstream.trusted_local;
  options.supports_grammar = upstream.grammar;
  auto model = BEFFROI_TRY(llm::openai::make_chat_model(std::move(options)));
  // The gate first: what waits in the queue is masked already.
  auto queued = std::make_unique<llm::QueuedModel>(std::move(model), config.engine.slots, config.engine.max_waiting);
  return privacy::guarded(std::move(queued), privacy::Gate(upstream_policy(config)));
}

}  // namespace beffroi::app
