#include "model/FactsBuilder.h"
#include "tool/driver/ExtractPool.h"
#include "tool/driver/MemoryHeaders.h"
#include "tool/driver/SharedFiles.h"
#include "tool/driver/TreeCache.h"

#include "TestFolder.h"
#include "llvm/ADT/StringExtras.h"
#include "gmock/gmock.h"
#include <atomic>

using namespace bootorder;
using namespace llvm;

namespace {

/// Stands for the parser: a source is lines `include NAME`, which is looked for
/// in gen/ and then in inc/. A header is text; its one function is named by its
/// first word and its facts are the rest, as the function's file.
class TreeCacheTest : public ::testing::Test {
protected:
  TreeCacheTest() {
    Disk.write("src/a.c", "include one.h\n");
    Disk.write("src/b.c", "include one.h\ninclude two.h\n");
    Disk.write("src/c.c", "include two.h\n");
    Disk.write("src/inc/one.h", "one first");
    Disk.write("src/inc/two.h", "two second");
  }

  std::vector<ExtractRequest> requests(StringRef Root = "src") const {
    std::vector<ExtractRequest> Requests;
    for (const char *Name : {"a", "b", "c"}) {
      ExtractRequest R;
      R.Directory = R.SourceRoot = Disk.path(Root);
      R.File = Disk.path((Root + "/" + Name + ".c").str());
      R.Output = std::string(Name) + ".o";
      R.Arguments = {"-I" + R.SourceRoot + "/inc"};
      Requests.push_back(R);
    }
    return Requests;
  }

  static std::string read(vfs::FileSystem &Files, StringRef Path) {
    auto Buffer = Files.getBufferForFile(Path);
    return Buffer ? (*Buffer)->getBuffer().str() : "";
  }

  static HeaderFacts headerOf(StringRef Text, uint64_t Key) {
    FactsBuilder Builder;
    bootorder::Function F;
    Symbol S;
    S.Name = Builder.string(Text.split(' ').first);
    S.File = Builder.string(Text.split(' ').second);
    F.Symbol = Builder.symbol(S);
    F.Loc.File = S.File;
    F.Blocks.emplace_back();
    Builder.Module.Functions.push_back(std::move(F));
    return {Key, std::move(Builder).build(), {}};
  }

  Expected<ExtractResult> extract(const ExtractRequest &Request,
                                  HeaderRegistry *Headers,
                                  vfs::FileSystem &Files) {
    ++Parsed;
    ExtractResult Result;
    Result.Facts.Source = sys::path::filename(Request.File).str();
    Result.Facts.Output = Request.Output;
    std::string Source = read(Files, Request.File);
    SmallVector<StringRef, 4> Lines;
    StringRef(Source).split(Lines, '\n', -1, /*KeepEmpty=*/false);
    for (StringRef Line : Lines) {
      std::string Header = Line.split(' ').second.str();
      std::string Path = "gen/" + Header;
      if (!Files.status(Path))
        Path = "inc/" + Header;
      // As with the real ones, the key does not tell all of the content.
      uint64_t Key = hash_value(Header);
      Result.Facts.HeaderKeys.push_back(Key);
      std::string Text = read(Files, Path);
      if (!Headers->isKnown(Key))
        Headers->publish(headerOf(Text, Key));
    }
    llvm::sort(Result.Facts.HeaderKeys);
    return std::move(Result);
  }

  struct Outcome {
    std::string Facts; ///< units, then header functions
    int Parsed;
    std::string Why;
  };

  Outcome run(std::vector<ExtractRequest> Requests, unsigned Threads = 2) {
    Parsed = 0;
    CachePlace Place{Disk.path("cache"), uint64_t(1) << 30};
    TreeCache Cache(Place, digestOf("this program"));
    auto All = cantFail(extractAll(
        Requests,
        [this](const ExtractRequest &R, HeaderRegistry *H,
               IntrusiveRefCntPtr<vfs::FileSystem> F) {
          return extract(R, H, *F);
        },
        Threads, {}, &Cache));
    Cache.finish(nulls());
    EXPECT_TRUE(All.Lost.empty());
    Outcome Result;
    Result.Parsed = Parsed;
    for (const TuFacts &Unit : All.Units)
      Result.Facts += Unit.Source + " ";
    std::vector<std::string> Names;
    for (const HeaderFacts &H : All.Headers)
      Names.push_back(H.Module.str(H.Module.Symbols[0].Name).str() + ":" +
                      H.Module.str(H.Module.Symbols[0].File).str());
    llvm::sort(Names);
    Result.Facts += join(Names, " ");
    raw_string_ostream OS(Result.Why);
    printParseSummary(OS, Cache.summary());
    return Result;
  }

  std::vector<std::string> filesBelow(StringRef Folder) const {
    std::vector<std::string> Files;
    std::error_code Code;
    for (sys::fs::recursive_directory_iterator I(Disk.path(Folder), Code), End;
         I != End; I.increment(Code))
      if (I->type() == sys::fs::file_type::regular_file)
        Files.push_back(I->path());
    llvm::sort(Files);
    return Files;
  }

  TestFolder Disk;
  std::atomic<int> Parsed{0};
};

constexpr char AllFacts[] = "a.c b.c c.c one:first two:second";

TEST_F(TreeCacheTest, WhatDidNotChangeIsNotParsed) {
  Outcome Cold = run(requests());
  EXPECT_EQ(Cold.Parsed, 3);
  EXPECT_EQ(Cold.Facts, AllFacts);
  Outcome Warm = run(requests());
  EXPECT_EQ(Warm.Parsed, 0);
  EXPECT_EQ(Warm.Facts, AllFacts);
  EXPECT_EQ(Warm.Why, "parsed 0 units, 3 from the cache\n");
}

TEST_F(TreeCacheTest, AnEditedSourceIsParsedAlone) {
  run(requests());
  Disk.write("src/a.c", "include two.h\n");
  Outcome Edited = run(requests());
  EXPECT_EQ(Edited.Parsed, 1);
  EXPECT_EQ(Edited.Facts, AllFacts);
  EXPECT_EQ(Edited.Why, "parsed 1 unit, 2 from the cache\n"
                        "  1 unit: 'a.c' has changed\n");
}

TEST_F(TreeCacheTest, AnEditedHeaderGivesItsFunctionsNewFacts) {
  run(requests());
  Disk.write("src/inc/one.h", "one changed");
  Outcome Edited = run(requests());
  EXPECT_EQ(Edited.Parsed, 2) << "c.c does not include it";
  EXPECT_EQ(Edited.Facts, "a.c b.c c.c one:changed two:second");
  EXPECT_EQ(Edited.Why, "parsed 2 units, 1 from the cache\n"
                        "  2 units: 'inc/one.h' has changed\n");
}

TEST_F(TreeCacheTest, AnEarlierStateIsFoundAgain) {
  run(requests());
  Disk.write("src/inc/one.h", "one changed");
  run(requests());
  Disk.write("src/inc/one.h", "one first");
  Outcome Back = run(requests());
  EXPECT_EQ(Back.Parsed, 0);
  EXPECT_EQ(Back.Facts, AllFacts);
}

TEST_F(TreeCacheTest, AHeaderThatAppearsShadowsTheOldOne) {
  run(requests());
  Disk.write("src/gen/two.h", "two shadow");
  Outcome Shadowed = run(requests());
  EXPECT_EQ(Shadowed.Parsed, 2);
  EXPECT_EQ(Shadowed.Facts, "a.c b.c c.c one:first two:shadow");
  EXPECT_EQ(Shadowed.Why,
            "parsed 2 units, 1 from the cache\n"
            "  2 units: 'gen/two.h' is there now and was not before\n");
  sys::fs::remove(Disk.path("src/gen/two.h"));
  EXPECT_EQ(run(requests()).Facts, AllFacts);
}

TEST_F(TreeCacheTest, AnotherCommandIsAnotherResult) {
  run(requests());
  std::vector<ExtractRequest> Changed = requests();
  Changed[1].Arguments.push_back("-DDEBUG");
  EXPECT_EQ(run(Changed).Parsed, 1);
  EXPECT_EQ(run(requests()).Parsed, 0) << "the first one is still there";
}

TEST_F(TreeCacheTest, AnotherCheckoutUsesTheSameFacts) {
  run(requests());
  for (const char *Name : {"a.c", "b.c", "c.c", "inc/one.h", "inc/two.h"})
    Disk.write(std::string("elsewhere/") + Name,
               cantFail(readFile(Disk.path(std::string("src/") + Name))));
  Outcome Other = run(requests("elsewhere"));
  EXPECT_EQ(Other.Parsed, 0);
  EXPECT_EQ(Other.Facts, AllFacts);
}

TEST_F(TreeCacheTest, AUnitWhoseHeaderFactsAreGoneIsParsed) {
  // Whoever parsed a header function keeps it: the entry that goes takes it
  // along, and what the others lack is found out.
  for (size_t Gone = 0; Gone != 3; ++Gone) {
    sys::fs::remove_directories(Disk.path("cache"));
    run(requests(), 1);
    std::vector<std::string> Entries = filesBelow("cache/v1/entries");
    ASSERT_EQ(Entries.size(), 3u);
    sys::fs::remove(Entries[Gone]);
    Outcome Without = run(requests());
    EXPECT_GE(Without.Parsed, 1);
    EXPECT_EQ(Without.Facts, AllFacts);
    EXPECT_THAT(Without.Why, testing::HasSubstr("not in the cache any more"));
    EXPECT_EQ(run(requests()).Parsed, 0) << "healed";
  }
}

TEST_F(TreeCacheTest, DamageAnywhereIsRepaired) {
  run(requests());
  std::vector<std::string> Files = filesBelow("cache/v1");
  ASSERT_GE(Files.size(), 6u);
  for (const std::string &File : Files) {
    if (!sys::fs::exists(File))
      continue; // replaced under another name meanwhile
    std::string Bytes = cantFail(readFile(File));
    Bytes[Bytes.size() / 2] ^= 1;
    cantFail(writeFile(File, Bytes));
    EXPECT_EQ(run(requests()).Facts, AllFacts) << File;
  }
}

TEST_F(TreeCacheTest, AWholeTreeComesBackFromOneFile) {
  CachePlace Place{Disk.path("cache"), uint64_t(1) << 30};
  auto Requests = requests();
  auto Extract = [this](const ExtractRequest &R, HeaderRegistry *H,
                        IntrusiveRefCntPtr<vfs::FileSystem> F) {
    return extract(R, H, *F);
  };
  auto Recalled = [&] {
    TreeCache Cache(Place, digestOf("this program"));
    return Cache.recallTree(Requests, 1).has_value();
  };
  {
    TreeCache Cache(Place, digestOf("this program"));
    EXPECT_FALSE(Cache.recallTree(Requests, 1));
    auto All = cantFail(extractAll(Requests, Extract, 1, {}, &Cache));
    Cache.keepTree(Requests, {std::move(All.Units), std::move(All.Headers)}, 1);
    Cache.finish(errs());
  }
  EXPECT_TRUE(Recalled());
  Disk.write("src/gen/two.h", "two shadow");
  EXPECT_FALSE(Recalled());
  sys::fs::remove(Disk.path("src/gen/two.h"));
  EXPECT_TRUE(Recalled());
  Disk.write("src/c.c", "include one.h\n");
  EXPECT_FALSE(Recalled());
}

TEST_F(TreeCacheTest, OtherResultsOfParsingAreKeptToo) {
  CachePlace Place{Disk.path("cache"), uint64_t(1) << 30};
  ExtractRequest Like = requests().front();
  InputLog Log;
  Log.looked(Disk.path("src/gen/one.h"), /*IsThere=*/false);
  {
    TreeCache Cache(Place, digestOf("this program"));
    EXPECT_FALSE(Cache.recallText(Like, "question"));
    Cache.keepText(Like, "question", Log, "answer");
    Cache.finish(errs());
  }
  {
    TreeCache Cache(Place, digestOf("this program"));
    EXPECT_EQ(Cache.recallText(Like, "question"), "answer");
    EXPECT_FALSE(Cache.recallText(Like, "another question"));
  }
  TreeCache Newer(Place, digestOf("another program"));
  EXPECT_FALSE(Newer.recallText(Like, "question"));
  Disk.write("src/gen/one.h", "one");
  TreeCache Cache(Place, digestOf("this program"));
  EXPECT_FALSE(Cache.recallText(Like, "question"));
}

TEST_F(TreeCacheTest, WhatWasParsedBeforeAUnitCountsForIt) {
  CachePlace Place{Disk.path("cache"), uint64_t(1) << 30};
  std::vector<ExtractRequest> Unit = {requests().front()};
  ExtractRequest Prelude = Unit.front();
  Prelude.File = "prelude.c";
  auto Recalls = [&] {
    TreeCache Cache(Place, digestOf("this program"));
    MemoryHeaders Headers;
    bool IsKnown = Cache.recallUnits(Unit, Headers, 1)[0].has_value();
    EXPECT_EQ(Headers.isKnown(7), IsKnown);
    return IsKnown;
  };
  {
    TreeCache Cache(Place, digestOf("this program"));
    auto Files = std::make_shared<SharedFiles>(vfs::getRealFileSystem());
    MemoryHeaders Headers;
    UnitRecorder Before(&Cache, Prelude, Headers),
        After(&Cache, Unit[0], Headers);
    auto View = SharedFiles::open(Files, Prelude.Directory, Before.log());
    EXPECT_FALSE(View->status("gen/one.h"));
    for (const char *Name : {"inc/one.h", "inc/two.h"})
      EXPECT_TRUE(View->getBufferForFile(Name));
    ExtractResult Result;
    Result.Facts.Output = "a.o";
    Result.Facts.HeaderKeys = {7};
    After.publish(headerOf("one first", 7));
    Result.PreludeFiles = {Disk.path("src/inc/one.h")};
    After.keep(Result, Before.log());
    Cache.finish(errs());
  }
  EXPECT_TRUE(Recalls());
  Disk.write("src/inc/two.h", "two is in the prelude, but not the unit's");
  EXPECT_TRUE(Recalls());
  Disk.write("src/gen/one.h", "one shadow");
  EXPECT_FALSE(Recalls());
  sys::fs::remove(Disk.path("src/gen/one.h"));
  EXPECT_TRUE(Recalls());
  Disk.write("src/inc/one.h", "one changed");
  EXPECT_FALSE(Recalls());
}

TEST_F(TreeCacheTest, ErrorsInHeaderFunctionsAreKept) {
  CachePlace Place{Disk.path("cache"), uint64_t(1) << 30};
  std::vector<ExtractRequest> Unit = {requests().front()};
  {
    TreeCache Cache(Place, digestOf("this program"));
    MemoryHeaders Headers;
    UnitRecorder Recorder(&Cache, Unit[0], Headers);
    HeaderFacts Header = headerOf("one first", 7);
    Header.Notes = {{"inc/one.h", 3, 5, "use of undeclared identifier 'x'"}};
    Recorder.publish(std::move(Header));
    ExtractResult Result;
    Result.Facts.Output = "a.o";
    Result.Facts.HeaderKeys = {7};
    Recorder.keep(Result);
    Cache.finish(errs());
  }
  TreeCache Cache(Place, digestOf("this program"));
  MemoryHeaders Headers;
  ASSERT_TRUE(Cache.recallUnits(Unit, Headers, 1)[0]);
  std::vector<HeaderFacts> Known = Headers.take();
  ASSERT_EQ(Known.size(), 1u);
  ASSERT_EQ(Known[0].Notes.size(), 1u);
  EXPECT_EQ(Known[0].Notes[0].File, "inc/one.h");
  EXPECT_EQ(Known[0].Notes[0].Line, 3u);
  EXPECT_EQ(Known[0].Notes[0].Column, 5u);
  EXPECT_EQ(Known[0].Notes[0].Message, "use of undeclared identifier 'x'");
}

TEST(CacheOptions, SizesHaveUnits) {
  EXPECT_EQ(cantFail(parseCacheSize("5G")), uint64_t(5) << 30);
  EXPECT_EQ(cantFail(parseCacheSize("300MB")), uint64_t(300) << 20);
  EXPECT_EQ(cantFail(parseCacheSize("64k")), uint64_t(64) << 10);
  EXPECT_EQ(cantFail(parseCacheSize("17")), 17u);
  for (const char *Bad : {"", "G", "-1", "5X", "99999999999999999999G"})
    EXPECT_NE(toString(parseCacheSize(Bad).takeError()), "");
  EXPECT_EQ(cacheSizeText(uint64_t(5) << 30), "5.0 GB");
  EXPECT_EQ(cacheSizeText(300 << 20), "300 MB");
  EXPECT_EQ(cacheSizeText(1), "1 KB");
}

} // namespace
