#include "app/upstream.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <utility>

#include "base/files.h"
#include "llm/openai/openai_model.h"
#include "llm/queued_model.h"
#include "privacy/guarded_model.h"

namespace beffroi::app {

namespace {

// The one line of the key file, which nobody but its owner may read.
Result<std::string> read_key(const std::filesystem::path& file) {
  if (file.empty()) return std::string();
  struct stat info{};
  if (::stat(file.c_str(), &info) == 0 && (info.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return fail(
        Code::invalid_argument,
        fmt::format("Le fichier de clé «\u00a0{}\u00a0» est lisible par d’autres que son propriétaire\u00a0: chmod 600.", file.string()));
  }
  std::string key = BEFFROI_TRY(read_file(file, 16 << 10));
  while (!key.empty() && (key.back() == '\n' || key.back() == '\r' || key.back() == ' ')) key.pop_back();
  return key;
}

}  // namespace

Result<std::unique_ptr<llm::ChatModel>> configured_upstream(const Config& config) {
  const UpstreamConfig& upstream = config.upstream;
  if (upstream.url.empty()) return nullptr;
  llm::openai::Options options;
  options.base_url = upstream.url;
  options.model = upstream.model;
  options.key = BEFFROI_TRY(read_key(upstream.key_file));
  options.trusted_local = upstream.trusted_local;
  options.supports_grammar = upstream.grammar;
  auto model = BEFFROI_TRY(llm::openai::make_chat_model(std::move(options)));
  // The gate first: what waits in the queue is masked already.
  auto queued = std::make_unique<llm::QueuedModel>(std::move(model), config.engine.slots, config.engine.max_waiting);
  privacy::Policy policy;
  if (config.privacy.upstream_refuses) policy.upstream = privacy::Upstream::refuse;
  return privacy::guarded(std::move(queued), privacy::Gate(policy));
}

}  // namespace beffroi::app
