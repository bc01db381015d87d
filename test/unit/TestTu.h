//===- TestTu.h - C code in, facts out ------------------------------------===//

#ifndef BOOTORDER_TEST_UNIT_TESTTU_H
#define BOOTORDER_TEST_UNIT_TESTTU_H

#include "extract/Extract.h"
#include <map>
#include <string>

namespace bootorder {

/// Header functions of one test, kept in memory.
class TestHeaders : public HeaderRegistry {
public:
  bool isKnown(uint64_t Key) const override { return Known.count(Key); }
  void publish(HeaderFacts Facts) override {
    uint64_t Key = Facts.Key;
    Known.try_emplace(Key, std::move(Facts));
  }
  std::map<uint64_t, HeaderFacts> Known;
};

/// Files of one test unit, all under /kernel; `test.c` is the unit.
struct TestTu {
  std::map<std::string, std::string> Files;
  std::vector<std::string> Arguments = {"--target=x86_64-linux-gnu",
                                        "-std=gnu11", "-I."};
  TestHeaders Headers;

  explicit TestTu(std::string Code) { Files["test.c"] = std::move(Code); }

  /// Facts of the unit; fails the test if it does not parse.
  ExtractResult extract();
  /// The unit's facts as `bootorder dump facts` prints them.
  std::string printed();
  /// The header functions, printed one after the other.
  std::string printedHeaders();

  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> fileSystem() const;
  ExtractRequest request(llvm::StringRef File = "test.c") const;
};

} // namespace bootorder

#endif
