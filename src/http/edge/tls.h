// The certificate that the server shows, read from files and read again when they change: a renewed certificate needs no restart.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <chrono>
#include <filesystem>
#include <memory>

#include "base/result.h"
#include "http/server.h"

namespace beffroi::http {

using TlsContext = std::shared_ptr<boost::asio::ssl::context>;

// One thread at a time (the acceptor's strand).
class Certificate {
 public:
  // Code::invalid_argument, in one French sentence, when a file is missing, unreadable, or the key is not that of the certificate.
  [[nodiscard]] static Result<Certificate> read(const TlsFiles& files, std::chrono::milliseconds look_every = std::chrono::seconds(10));

  // What new connections use. Looks at the files once in `look_every`; a fault in the new ones is logged and the former stay.
  [[nodiscard]] TlsContext current();

 private:
  using Time = std::filesystem::file_time_type;
  Certificate() = default;

  TlsFiles files_;
  TlsContext context_;
  Time written_{};  // of the newer file
  std::chrono::milliseconds look_every_{};
  std::chrono::steady_clock::time_point looked_{};
};

}  // namespace beffroi::http
