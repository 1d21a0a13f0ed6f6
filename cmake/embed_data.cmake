# Writes OUTPUT, a C++ source with the bytes of INPUT as a function NAMESPACE::SYMBOL().
# Bytes and not a string literal: no limit of the compiler on its length, nothing to escape.
file(READ "${INPUT}" hex HEX)
string(REGEX REPLACE "(................................................)" "\\1\n" hex "${hex}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
get_filename_component(name "${INPUT}" NAME)
file(WRITE "${OUTPUT}"
"// Made from ${name}; edit that file, not this one.
#include <cstddef>
#include <string_view>
namespace ${NAMESPACE} {
namespace {
constexpr char bytes[] = {
${bytes}
'\\0'};
} // namespace
std::string_view ${SYMBOL}();
std::string_view ${SYMBOL}() { return {bytes, sizeof bytes - 1}; }
} // namespace ${NAMESPACE}
")
