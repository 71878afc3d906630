#include "usecases/assistant/trace.h"

#include <algorithm>
#include <utility>

namespace beffroi::assistant {

namespace {

std::vector<audit::Source> sources_of(const std::vector<answers::Sentence>& sentences) {
  std::vector<audit::Source> sources;
  for (const answers::Sentence& sentence : sentences) {
    const auto same = [&](const audit::Source& one) { return one.id == sentence.source.publication_id; };
    if (std::none_of(sources.begin(), sources.end(), same)) sources.push_back({sentence.source.publication_id, sentence.source.date});
  }
  return sources;
}

}  // namespace

Trace::Trace(audit::Who who, Record record, std::string home_model, std::string model_sha256)
    : who_(std::move(who)), record_(std::move(record)), home_model_(std::move(home_model)), model_sha256_(std::move(model_sha256)) {}

Status Trace::answered(const answers::Answer& answer) const {
  audit::Entry entry;
  entry.action = audit::Action::answered;
  entry.sources = sources_of(answer.sentences);
  entry.verdicts.passed = static_cast<std::int64_t>(answer.sentences.size());
  entry.outcome = answers::name_of(answer.status);
  name_model(entry, answer.usage.model);
  const Status written = write(std::move(entry));
  const bool of_the_public = who_.kind == audit::Actor::anonymous && answer.usage.model.empty();
  return of_the_public ? Status{} : written;
}

Status Trace::rewording_begun(const std::string& model) const {
  audit::Entry entry;
  entry.action = audit::Action::reworded;
  entry.outcome = "begun";
  name_model(entry, model);
  return write(std::move(entry));
}

Status Trace::reworded(const answers::Rewording& rewording, const std::string& model) const {
  audit::Entry entry;
  entry.action = audit::Action::reworded;
  entry.sources = sources_of(rewording.sentences);
  entry.verdicts = {rewording.reworded, rewording.refused};
  entry.outcome = rewording.fault ? "failed" : "done";
  name_model(entry, model);
  return write(std::move(entry));
}

Status Trace::write(audit::Entry entry) const {
  if (!record_) return fail(Code::unavailable, "Le journal de la commune n’est pas ouvert\u00a0: rien n’est fait qui n’y soit inscrit.");
  entry.who = who_;
  return record_(entry);
}

void Trace::name_model(audit::Entry& entry, const std::string& model) const {
  entry.model = audit::word_of(model);
  if (!model.empty() && model == home_model_) entry.model_sha256 = model_sha256_;
}

answers::Answer withheld(const answers::Answer& answer, const Error& error) {
  answers::Answer empty;
  empty.id = answer.id;
  empty.status = answers::Status::error;
  empty.message = error.message;
  empty.emergency = answer.emergency;  // a number to call is never kept from anybody
  return empty;
}

}  // namespace beffroi::assistant
