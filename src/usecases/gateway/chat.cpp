#include "usecases/gateway/chat.h"

#include <utility>

#include "usecases/gateway/fault.h"

namespace beffroi::gateway {

Result<http::Reply> chat_reply(const Services& services, const people::Visitor& visitor, const http::Request& request) {
  ChatCall call = BEFFROI_TRY(chat_call_of(request.body));
  const bool is_base = call.model == kBaseModel;
  const bool is_model = services.model != nullptr && call.model == services.model->model_id();
  if (is_base || (is_model && call.retrieval.wanted)) return proven_reply(services, visitor, request, call);
  if (is_model) return written_reply(services, visitor, request, std::move(call));
  if (services.model == nullptr && !services.why_no_model.empty()) {
    Error error = unknown_model(call.model).value();
    error.message += " " + services.why_no_model;
    return tl::unexpected(std::move(error));
  }
  return unknown_model(call.model);
}

}  // namespace beffroi::gateway
