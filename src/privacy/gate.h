// The door between people and a model: what a text holds, and what is done about it according to where it goes.
//
// Fail-closed: when the detector gives an Error, so does the gate, and the caller has nothing to send. Thread-safe (Pseudonyms are not).
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "privacy/pseudonyms.h"
#include "privacy/span.h"

namespace beffroi::privacy {

enum class Destination { local, upstream };    // a model on this machine, or one served elsewhere
enum class Document { personal, public_act };  // in a public act (deliberation, minutes), elected persons are named openly
enum class Upstream { mask, refuse };          // what is done with personal data that would leave

struct Policy {
  Upstream upstream = Upstream::mask;
  bool dates = false;  // hide every exact date, not only births: safer, and harder to reason about deadlines
};

using Detector = std::function<Result<std::vector<Span>>(std::string_view)>;

// The spans that a document of that kind does not keep.
[[nodiscard]] std::vector<Span> concerned(std::vector<Span> spans, Document document, const Policy& policy);

struct Outgoing {
  std::string text;         // what may be sent
  std::vector<Span> found;  // in the text as it was typed: shown to the agent; empty when nothing was found
  bool masked = false;
};

class Gate {
 public:
  explicit Gate(Policy policy, Detector detector = {});  // no detector: detect()

  // Local: the text as it is, with what was found, for a warning. Upstream: masked. Code::denied when the policy refuses and something was
  // found; else the detector's error.
  [[nodiscard]] Result<Outgoing> pass(std::string_view text, Destination destination, Document document, Pseudonyms& pseudonyms) const;
  // Masked whatever the policy: material that goes along with what a person typed.
  [[nodiscard]] Result<Outgoing> hide(std::string_view text, Document document, Pseudonyms& pseudonyms) const;

 private:
  Policy policy_;
  Detector detector_;
};

// « 2 noms, 1 téléphone »: for the warning and the refusal, never the values.
[[nodiscard]] std::string in_french(const std::vector<Span>& spans);

}  // namespace beffroi::privacy
