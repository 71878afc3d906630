#include "privacy/guarded_model.h"

#include <utility>

#include "privacy/restoring.h"

namespace beffroi::privacy {

namespace {

class GuardedModel final : public llm::ChatModel {
 public:
  GuardedModel(std::unique_ptr<llm::ChatModel> model, Gate gate) : model_(std::move(model)), gate_(std::move(gate)) {}

  [[nodiscard]] std::string model_id() const override { return model_->model_id(); }
  [[nodiscard]] Status health() const override { return model_->health(); }

  [[nodiscard]] Result<llm::ChatReply> write(const llm::ChatRequest& request, const OnText& on_text, const std::stop_token& stop) override {
    Pseudonyms pseudonyms;
    llm::ChatRequest outgoing = request;
    outgoing.message = BEFFROI_TRY(gate_.pass(request.message, Destination::upstream, Document::personal, pseudonyms)).text;
    for (llm::Exchange& exchange : outgoing.earlier) {
      exchange.message = BEFFROI_TRY(gate_.pass(exchange.message, Destination::upstream, Document::personal, pseudonyms)).text;
      exchange.reply = BEFFROI_TRY(gate_.pass(exchange.reply, Destination::upstream, Document::personal, pseudonyms)).text;
    }
    if (request.instructions_typed)
      outgoing.instructions = BEFFROI_TRY(gate_.pass(request.instructions, Destination::upstream, Document::personal, pseudonyms)).text;
    outgoing.material = BEFFROI_TRY(gate_.hide(request.material, Document::public_act, pseudonyms)).text;

    Restorer stream(pseudonyms);
    bool wanted = true;
    OnText restored;
    if (on_text) {
      restored = [&](std::string_view piece) {
        const std::string ready = stream.feed(piece);
        if (!ready.empty()) wanted = on_text(ready);
        return wanted;
      };
    }
    llm::ChatReply reply = BEFFROI_TRY(model_->write(outgoing, restored, stop));
    if (on_text && wanted) {
      if (const std::string rest = stream.finish(); !rest.empty()) on_text(rest);
    }
    reply.text = restore(reply.text, pseudonyms);
    return reply;
  }

 private:
  std::unique_ptr<llm::ChatModel> model_;
  Gate gate_;
};

}  // namespace

std::unique_ptr<llm::ChatModel> guarded(std::unique_ptr<llm::ChatModel> model, Gate gate) {
  return std::make_unique<GuardedModel>(std::move(model), std::move(gate));
}

}  // namespace beffroi::privacy
