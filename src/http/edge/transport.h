// What carries the bytes of a connection. The seam for TLS: a class with the same async_read_some, async_write_some, shutdown and close,
// which chooses at run time between the plain socket and a TLS stream, takes the place of this name and nothing else changes.
#pragma once

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/strand.hpp>

namespace beffroi::http {

using Executor = boost::asio::strand<boost::asio::io_context::executor_type>;  // one connection, one thing at a time
using Transport = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;

}  // namespace beffroi::http
