# beffroi::sqlite: the amalgamation that third_party/deps.lock pins, compiled with the options the db room counts on.
include_guard(GLOBAL)

file(STRINGS "${CMAKE_SOURCE_DIR}/third_party/deps.lock" lock_lines REGEX "^(name|version) = ")
list(FIND lock_lines "name = \"sqlite\"" sqlite_at)
if(sqlite_at EQUAL -1)
  message(FATAL_ERROR "third_party/deps.lock : l’entrée « sqlite » manque.")
endif()
math(EXPR sqlite_at "${sqlite_at} + 1")
list(GET lock_lines ${sqlite_at} sqlite_version)
string(REGEX REPLACE "version = \"(.*)\"" "\\1" sqlite_version "${sqlite_version}")

set(sqlite_folder "${BEFFROI_DEPS}/sqlite-${sqlite_version}")
if(NOT EXISTS "${sqlite_folder}/sqlite3.c")
  message(FATAL_ERROR "SQLite ${sqlite_version} manque dans ${BEFFROI_DEPS} : lancez tools/deps.")
endif()

add_library(beffroi_sqlite STATIC "${sqlite_folder}/sqlite3.c")
add_library(beffroi::sqlite ALIAS beffroi_sqlite)
target_include_directories(beffroi_sqlite SYSTEM PUBLIC "${sqlite_folder}")
target_compile_options(beffroi_sqlite PRIVATE -w)
target_compile_definitions(beffroi_sqlite
  PRIVATE
    SQLITE_THREADSAFE=2                # one connection serves one thread at a time; several connections may work at once
    SQLITE_DQS=0                       # "x" is a column, never a string by mistake
    SQLITE_DEFAULT_WAL_SYNCHRONOUS=1   # a power cut may lose the last transaction, never the base
    SQLITE_DEFAULT_FOREIGN_KEYS=1
    SQLITE_DEFAULT_MEMSTATUS=0
    SQLITE_TRUSTED_SCHEMA=0            # a crafted file runs nothing
    SQLITE_LIKE_DOESNT_MATCH_BLOBS
    SQLITE_MAX_EXPR_DEPTH=0
    SQLITE_USE_ALLOCA
    SQLITE_OMIT_DECLTYPE
    SQLITE_OMIT_DEPRECATED
    SQLITE_OMIT_LOAD_EXTENSION
    SQLITE_OMIT_PROGRESS_CALLBACK
    SQLITE_OMIT_SHARED_CACHE)
target_link_libraries(beffroi_sqlite PRIVATE m)
