#include "usecases/gateway/trace.h"

#include <algorithm>
#include <utility>

#include "compliance/who.h"

namespace beffroi::gateway {

namespace {

Status note(const Services& services, const people::Visitor& visitor, audit::Entry entry) {
  if (!services.record) {
    return fail(Code::unavailable, "Le journal de la commune n’est pas ouvert\u00a0: rien n’est fait qui n’y soit inscrit.");
  }
  entry.who = compliance::who_of(visitor);
  return services.record(visitor, std::move(entry));
}

}  // namespace

Status note_answered(const Services& services, const people::Visitor& visitor, const answers::Answer& answer) {
  audit::Entry entry;
  entry.action = audit::Action::answered;
  for (const answers::Sentence& sentence : answer.sentences) {
    const auto same = [&](const audit::Source& one) { return one.id == sentence.source.publication_id; };
    if (std::none_of(entry.sources.begin(), entry.sources.end(), same)) {
      entry.sources.push_back({sentence.source.publication_id, sentence.source.date});
    }
  }
  entry.verdicts.passed = static_cast<std::int64_t>(answer.sentences.size());
  entry.model = audit::word_of(answer.usage.model);
  entry.outcome = answers::name_of(answer.status);
  return note(services, visitor, std::move(entry));
}

Status note_generated(const Services& services, const people::Visitor& visitor, const std::string& model, std::string outcome) {
  audit::Entry entry;
  entry.action = audit::Action::generated;
  entry.model = audit::word_of(model);
  entry.outcome = std::move(outcome);
  return note(services, visitor, std::move(entry));
}

Status note_quota(const Services& services, const people::Visitor& visitor, const std::string& key) {
  audit::Entry entry;
  entry.action = audit::Action::setting_changed;
  entry.object = "quota:" + (key.empty() ? std::string("commune") : key);
  return note(services, visitor, std::move(entry));
}

}  // namespace beffroi::gateway
