// What is served here: GET /v1/models, and the official base as a collection (/v1/collections, /v1/documents, /v1/search). The commune's
// own documents are not there yet, and these routes say so.
#pragma once

#include "base/result.h"
#include "http/message.h"
#include "people/visitor.h"
#include "usecases/gateway/gateway.h"

namespace beffroi::gateway {

inline constexpr std::string_view kBaseCollection = "vosdroits";

[[nodiscard]] Result<http::Reply> models_reply(const Services& services, const people::Visitor& visitor, const http::Request& request);
[[nodiscard]] Result<http::Reply> model_reply(const Services& services, const people::Visitor& visitor, const http::Request& request);

[[nodiscard]] Result<http::Reply> collections_reply(const Services& services, const people::Visitor& visitor, const http::Request& request);
[[nodiscard]] Result<http::Reply> collection_reply(const Services& services, const people::Visitor& visitor, const http::Request& request);
[[nodiscard]] Result<http::Reply> documents_reply(const Services& services, const people::Visitor& visitor, const http::Request& request);
[[nodiscard]] Result<http::Reply> document_reply(const Services& services, const people::Visitor& visitor, const http::Request& request);
[[nodiscard]] Result<http::Reply> search_reply(const Services& services, const people::Visitor& visitor, const http::Request& request);

}  // namespace beffroi::gateway
