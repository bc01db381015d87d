#include "tool/driver/ExtractPool.h"

#include "support/Error.h"
#include "gtest/gtest.h"
#include <atomic>
#include <cstdlib>

using namespace bootorder;
using namespace llvm;

namespace {

std::vector<ExtractRequest> requestsFor(std::vector<std::string> Files) {
  std::vector<ExtractRequest> Requests;
  for (const std::string &File : Files) {
    ExtractRequest Request;
    Request.Directory = "/tree";
    Request.File = File;
    Requests.push_back(Request);
  }
  return Requests;
}

using Registry = HeaderRegistry *;
using FileSystem = IntrusiveRefCntPtr<vfs::FileSystem>;

/// Facts that name their unit and list one header function all units share.
Expected<ExtractResult> extractFake(const ExtractRequest &Request,
                                    Registry Headers, FileSystem) {
  ExtractResult Result;
  Result.Facts.Source = Request.File;
  Result.Facts.HeaderKeys = {7};
  if (!Headers->isKnown(7)) {
    HeaderFacts Header;
    Header.Key = 7;
    Headers->publish(std::move(Header));
  }
  return std::move(Result);
}

std::vector<std::string> sourcesOf(const ExtractedUnits &All) {
  std::vector<std::string> Sources;
  for (const TuFacts &Unit : All.Units)
    Sources.push_back(Unit.Source);
  return Sources;
}

} // namespace

TEST(ExtractPool, KeepsTheOrderOfRequestsForAnyNumberOfThreads) {
  std::vector<std::string> Files;
  for (int I = 0; I != 100; ++I)
    Files.push_back("u" + std::to_string(I) + ".c");
  for (unsigned Threads : {1, 2, 7}) {
    auto All = cantFail(extractAll(requestsFor(Files), extractFake, Threads));
    EXPECT_EQ(sourcesOf(All), Files);
    ASSERT_EQ(All.Headers.size(), 1u);
    EXPECT_EQ(All.Units[0].HeaderKeys,
              std::vector<uint64_t>{All.Headers[0].Key});
    EXPECT_TRUE(All.Lost.empty());
  }
}

TEST(ExtractPool, ListsAUnitThatFailsWithItsReason) {
  auto Extract = [](const ExtractRequest &Request, Registry Headers,
                    FileSystem Files) -> Expected<ExtractResult> {
    if (Request.File == "bad.c")
      return makeError("cannot read 'bad.c'");
    return extractFake(Request, Headers, Files);
  };
  auto All =
      cantFail(extractAll(requestsFor({"a.c", "bad.c", "z.c"}), Extract, 2));
  EXPECT_EQ(sourcesOf(All), (std::vector<std::string>{"a.c", "z.c"}));
  ASSERT_EQ(All.Lost.size(), 1u);
  EXPECT_EQ(All.Lost[0].Unit, "bad.c");
  EXPECT_EQ(All.Lost[0].Reason, "cannot read 'bad.c'");
}

TEST(ExtractPool, ACrashCostsOneUnit) {
  std::atomic<int> Tries{0};
  auto Extract = [&](const ExtractRequest &Request, Registry Headers,
                     FileSystem Files) -> Expected<ExtractResult> {
    if (Request.File == "crash.c") {
      ++Tries;
      std::abort();
    }
    return extractFake(Request, Headers, Files);
  };
  auto All = cantFail(extractAll(requestsFor({"a.c", "crash.c"}), Extract, 1));
  EXPECT_EQ(sourcesOf(All), std::vector<std::string>{"a.c"});
  EXPECT_EQ(Tries, 2) << "tried again alone before it is given up";
  ASSERT_EQ(All.Lost.size(), 1u);
  EXPECT_EQ(All.Lost[0].Reason.find("the parser crashed"), 0u);
}

TEST(ExtractPool, ACrashThatDoesNotComeAgainCostsNothing) {
  std::atomic<int> Tries{0};
  auto Extract = [&](const ExtractRequest &Request, Registry Headers,
                     FileSystem Files) -> Expected<ExtractResult> {
    if (Tries++ == 0)
      std::abort();
    return extractFake(Request, Headers, Files);
  };
  auto All = cantFail(extractAll(requestsFor({"a.c"}), Extract, 1));
  EXPECT_EQ(sourcesOf(All), std::vector<std::string>{"a.c"});
  EXPECT_TRUE(All.Lost.empty());
}

TEST(ExtractPool, AHeaderKeyWithoutFactsIsExtractedAgain) {
  std::atomic<int> Tries{0};
  auto Extract = [&](const ExtractRequest &Request, Registry Headers,
                     FileSystem Files) -> Expected<ExtractResult> {
    if (Tries++ != 0)
      return extractFake(Request, Headers, Files);
    ExtractResult Result;
    Result.Facts.Source = Request.File;
    Result.Facts.HeaderKeys = {7};
    return std::move(Result);
  };
  auto All = cantFail(extractAll(requestsFor({"a.c"}), Extract, 1));
  EXPECT_EQ(Tries, 2);
  ASSERT_EQ(All.Headers.size(), 1u);
  EXPECT_EQ(sourcesOf(All), std::vector<std::string>{"a.c"});
}

TEST(ExtractPool, AUnitWhoseHeaderFactsStayMissingIsLost) {
  auto Extract = [](const ExtractRequest &, Registry,
                    FileSystem) -> Expected<ExtractResult> {
    ExtractResult Result;
    Result.Facts.HeaderKeys = {7};
    return std::move(Result);
  };
  auto All = cantFail(extractAll(requestsFor({"a.c"}), Extract, 1));
  EXPECT_TRUE(All.Units.empty());
  ASSERT_EQ(All.Lost.size(), 1u);
}
