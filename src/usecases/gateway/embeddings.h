// POST /v1/embeddings: vectors of the model of meaning, as numbers or in base64.
#pragma once

#include <span>
#include <string>

#include "base/result.h"
#include "http/message.h"
#include "people/visitor.h"
#include "usecases/gateway/gateway.h"

namespace beffroi::gateway {

[[nodiscard]] Result<http::Reply> embeddings_reply(const Services& services, const people::Visitor& visitor, const http::Request& request);

// Little-endian floats in the standard alphabet, padded: what the clients ask for by default.
[[nodiscard]] std::string base64_of(std::span<const float> vector);

}  // namespace beffroi::gateway
