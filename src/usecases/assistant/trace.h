// What the journal of the commune holds of the assistant's work: from which sources, with which model, what the checks said. Never the
// question nor the answer; nor the answer's random id, which an opinion carries beside the question that a person chose to send.
//
// Written before anything is shown. What a model wrote or chose is not shown unwritten, nor what somebody signed in, or a key, asked for. The
// public still gets the extracts of the official fiches when the journal cannot be written: their line says nothing of anybody, and a
// full disk must not leave an inhabitant without an answer. The fault is in the log.
#pragma once

#include <functional>
#include <string>

#include "answers/answer.h"
#include "answers/rewording.h"
#include "audit/journal.h"
#include "base/result.h"

namespace beffroi::assistant {

// A value, for the visitor of one request. Thread-safe as its journal is.
class Trace {
 public:
  using Record = std::function<Status(const audit::Entry&)>;

  Trace() = default;  // nothing can be written: what must be is refused
  // `model_sha256`: of the file of the model at home, `home_model`; empty: none.
  Trace(audit::Who who, Record record, std::string home_model = {}, std::string model_sha256 = {});

  [[nodiscard]] Status answered(const answers::Answer& answer) const;
  // Before the first sentence of a rewording that is sent as it comes.
  [[nodiscard]] Status rewording_begun(const std::string& model) const;
  [[nodiscard]] Status reworded(const answers::Rewording& rewording, const std::string& model) const;

  [[nodiscard]] explicit operator bool() const { return record_ != nullptr; }

 private:
  [[nodiscard]] Status write(audit::Entry entry) const;
  void name_model(audit::Entry& entry, const std::string& model) const;

  audit::Who who_;
  Record record_;
  std::string home_model_, model_sha256_;
};

// What is shown instead of an answer that could not be written.
[[nodiscard]] answers::Answer withheld(const answers::Answer& answer, const Error& error);

}  // namespace beffroi::assistant
