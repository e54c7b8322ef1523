/// A text of the console, by what it says; `Wording` holds it in every language. Templates name it as `{{t.caseQueue}}`.
enum Phrase: String, CaseIterable, Sendable {
    // Frame
    case productName, productClaim, otherLanguage, skipToContent, mainNavigation, caseQueue, channels, users
    case casesWaiting, channelsBlind, changePassword, logOut
    // Login
    case logIn, login, passwordLabel, loginNote, loginRefused, loginTooMany, formStale
    case stateAll
    // Queue
    case filterByState, filterByViolation, allViolations, allChannels, channel, show, showMore, showNewCases, urgent
    case queueSummary, thumbnailAlt, stayed, decidedBy, keysMove, keysOpen, emptyNoChannelsTitle, emptyNoChannelsText
    case emptyAllClearTitle, emptyAllClearText, emptyBlindTitle, emptyBlindText, emptyFilterTitle, emptyFilterText
    case emptyFilterLink
    case addFirstChannel, seeChannels
    // Case
    case neighbours, nextCase, previousCase, zoneLayer, keys, stills, stillBefore, stillAtStart, stillAfterDwell
    case stillCloseUp, stillAnnotated, clip, noPictures, manifestUnreadable, whatToLookFor, place, zone, since, dwell
    case dwellRule, foundAt, score, findings, code, responsible, helping, zoneVersion, rule, cleared, notCleared, box
    case boxText, camera, measurements, stillSeconds, areaPart, fillPart, textureLevels, structureChangePart
    case leftEvidenceLog, stirPart, scorePart, sealedEvidence, sealSound, sealUnchecked, sealBroken, packageID
    case manifestHash, chainPlace, previousHash, sealProblem, clock, clockReceiveTime, program, history
    case machine, someone, eventSealed, eventDecided, eventUndone, eventCleared, eventSeenAgain, eventNoted
    case eventRepaired, eventPackageMissing, eventViewed, decision, note, notePlaceholder, confirm, falseAlarm, exempt
    case transfer, askFalseAlarm, askExempt, askTransfer, undo, onlyOfficersDecide, standingDecision, standingReason
    case enlarged, keysPicture, keysBlink, keysDigit, keysUndo, keysEnlarge, keysNote, keysClip, keysHelp, close
    case conflict, refused, undone, toQueue
    // Acting on a case
    case actions, actionDue, actionDueUnit, actionOutcome, actionTicks, actionNoConflict, actionSuggestion, actionNote, actionText
    case actionAffirm, actionAffirmAll, actionDone, standingScreened, standingCorrection
    case standingLook, standingRecheck, standingSecond, standingSettled, standingObjection, standingReexamined, standingHold
    case standingOutcome, blindReview, keysAffirm, party
    // Messages and second looks
    case notices, noticesNone, noticesAbout, noticesEarlier, noticeSMS, noticeVoice, noticePaper, noticeReleased, noticeError, noticeReply
    case noticeRetry, noticeDelivered, noticeReplied, noticeReplyPlaceholder, noticeTemplate, noticeNone, noticeRecipient, noticeText
    case noticeOpenCase, lookTitle, lookAt, lookProposal, lookCorrected, lookNotCorrected, lookCannotSee, lookThen, lookNow, lookWhole
    case lookSlide
    // Channels
    case addChannel, notDone, findChannel, noChannels, noChannelsText, noStillYet
    case channelConnecting, channelWarmingUp, channelPatrolling, channelWatching, channelStalled, channelBackingOff
    case channelStopped, channelPaused, channelUnknown, channelBlind, viewBlack, viewBlocked, viewFrozen, viewShifted
    case viewDefocused, viewNoisy, viewColourCast, viewSignalLost, openIncidents, lastFrame, analysedRate, reconnects, drawZones,
        editZones
    case fileOver, sourceEnded, sourceUnauthorized, sourceForbidden, sourceNotFound, sourceRefused, sourceSilent
    case sourceUnreachable, sourceBroke, sourceNoVideo, sourceDamaged, sourceNoFile
    case sourceNoPicture, sourceChanged, clockJumped, noMainStream
    case zonesMissing, itsCases, watchClosely, watchCloselyNote, pauseChannel, resumeChannel, removeChannel, removeQuestion
    // Adding a channel
    case videoSource, addressNote, transport, transportTCP, transportUDP, tryAddress, probing, probeStill
    case codec, pictureSize, frameRate, framesPerSecond, keyFrameGap, container, onlyOneKeyFrame, nameAndPlace
    case channelName, channelNameExample, channelID, channelIDNote, placeExample, addAndDraw, addNote, addressAgain
    // Channels: editing, versions, lists
    case editChannel, importMany, mainStream, subStream, subStreamNote, addressKept, streamsSwapped, nationalID
    case nationalIDNote, longitude, latitude, grid, owner, importance, importanceFirst, importanceUsual, importanceLast
    case enabledField, loopsField, channelSaved, versionNumber, versionAdded, versionRemoved, versionPaused, versionResumed, versionReturned
    case restoreVersion, authorCommandLine, authorFile, listSeparator, fileNotInForce, importList, importFile
    case importFileNote, importTemplate, importPaste, importStreams, streamTemplate, subStreamTemplate
    case streamTemplateNote, importSkipsTrial, importBegin, importBeginNote, importPreview, importProgress
    case importSummary, importApplied, importNothing, importCancel, applyAll, applyOnlyGood, importNew, importSame
    case importChanged, importTrying, importLine, importNotes, copyZones, copyZonesFrom, zonesCopied
    // Zones
    case channelStill, noStillForZones, newZone, zones, noZones, zonesRefused, zonesSaved, zonesVersion, zonesNone
    case saveVersion, undoStep, zonesDocument, saveDocument, versions, zoneFrontage, zonePavement, zoneCarriageway
    case zoneNoParking, zoneBin, zoneIgnore, zoneFrontageAbout, zonePavementAbout, zoneCarriagewayAbout
    case zoneNoParkingAbout, zoneBinAbout, zoneIgnoreAbout, zoneHelpIdle, zoneFireLane, zoneTactilePath, zoneRail
    case zonePermitted, zoneFireLaneAbout, zoneTactilePathAbout, zoneRailAbout, zonePermittedAbout, lineShopFront, lineRim
    case lineGround, groundScale, drawLength, showPeople
    // Health: board
    case boardSummary, eyesOpenAll, eyesOpenUnknown, filterByHealth, healthAll, healthBad, healthBusy, healthGood
    case healthOff, healthFaulty, sortOrder, sortWorst, sortPlace, boardNothing, boardNothingText, boardAllChannels
    case eyesOpenToday, dayBarLabel, openFaults, oneOpenFault, keysSearch
    // Health: a channel's page
    case eyesOpenDays, eyesOpenAbout, dayTitle, dayTable, day, openMinutes, watchedMinutes, whyBlind, minutesOf
    case legendOpen, legendBlind, legendUnwatched, channelFacts, streamsOpen, streamMain, streamSub
    case analysis, lateness, latenessText, keyFramesDone, keyFramesText, framesSkipped, cameraClock, clockOffsetText
    case clockDriftText, preRoll, preRollText, recordable, notRecordable, connections, registered
    case faultHistory, allFaultsOfChannel, noFaultsOfChannel
    // Health: faults
    case faults, faultsOpenCount, faultsSummary, filterByKind, filterByStanding, faultsOpen, faultsClosed, allKinds
    case faultKindSource, faultKindStalled, faultKindView, faultKindRecording, faultKindGOP, faultKindClock
    case faultKindRestraint, faultKindDisk, faultSince, faultLasted, faultLastedFor, faultGoesOn, faultStillAlt
    case thisMachine, addFaultNote, faultNotePlaceholder, noteBy, noted, notNoted, noOpenFaultsTitle, noOpenFaultsText
    case noFaultsMatch, noFaultsMatchText, showAllFaults, earlierFaults
    // Health: reasons
    case reasonStalled, reasonConnecting, reasonWarmingUp, reasonNoFrames, reasonOther, reasonCannotRecord, reasonGOP
    case reasonDrift, reasonOffset, reasonRestraint, reasonEvidence, reasonDisk
    // Runs: findings, comparing, approving, promoting
    case runSummary, compareWithDecisions
    case compareWithRun, findingsCount, atSecondOfFile, noStillKept, itsCase, promote, promoteNow, promoteAbout, reason
    case filterByHour, hourTitle, hourOfDay, clearFilter, nothingMatches, nothingFound, nothingFoundText, notDoneYet
    case notDoneYetText, previousPage, runAsked, runMadeBy, profilesHash, zonesOfFile, runDepth, everyFrame, keyFramesFirst
    case runNumber, filesWithProblems, gapsCount, gapText, inputsCount, fileOfRun, fileTime, fileLength, andMore, timeByPattern
    case timeBySidecar, timeByContainer, timeBurntIn, timeByPackage, timeUnknown, compareRuns, before, after, compareNow
    case officersDecisions, noRuns, noRunsText, whatChanges, changeLost, changeGained, changeNew, changeRenamed
    case changeMoved, changeKept, changeUncovered, changeLostAbout, changeLostCaseAbout, changeGainedAbout, changeNewAbout
    case changeRenamedAbout, changeMovedAbout, changeKeptAbout, changeUncoveredAbout, byType, byCamera, byHour, recallLabel
    case recallAbout, precisionLabel, precisionAbout, falseAvoided, falseAvoidedAbout, falseAgain, falseAgainAbout
    case trueLost, trueLostAbout, unjudged, unjudgedAbout, undecided, undecidedAbout, notCovered, notCoveredAbout
    case notFoundThere, notInFootage, movedBy, piece, pieceAbout, noneOfThese, nothingChanges, comparedHow, approveTitle
    case approveAbout, approve, approveQuestion, inForce, zonesApproved, approvedBecause, eventPromoted, archiveSource
    case archiveSourceText, archiveHash, promotedBecause, aspectRatio, heightPart, colourfulnessLevels, swayPixels
    case companyPart, droppedPart, cameWholePart, thinnessPart, overhangPart, repetitionPart, areaSquareMetres
    // Searching the past
    case past, pastAbout, pastWhere, pastWhen, pastFrom, pastTo, pastStay, pastSearch, pastDrawHelp, pastRedraw
    case pastNeedsScript, pastFootage, pastGaps, pastNoStill, pastRecent, pastRegion, pastWaiting, pastRunning
    case pastDone, pastCancelled, pastFailed, pastProgress, pastCancel, pastResult, pastBusy, pastStep, pastAppeared
    case pastBefore, pastUnknown, pastCameUnseen, pastStaying, pastVanished, pastStanding, pastLost, pastLeftUnseen
    case pastStood, pastNothingTitle, pastNothingText, pastUnconfigured, pastUnconfiguredText, pastScanning
    case pastScanningText, pastNoFootage, pastNoFootageText, pastUntimed, pastMissing, pastBlind, pastLearning
    case pastProblems, pastAgain, pastListed, pastRefresh, pastPictureAlt
    // Runs
    case runs, runsUnderWay, runsAbout, newRun, runName, runNameExample, runAll, runChosen, runZonesLive
    case runZonesVersion, runZonesDraft, runZonesNone, runWhen, runWholeFiles, runEveryFrame, runEveryFrameAbout
    case runEstimate, runEstimateUnknown, runStart, runStarted, runState, runWaiting, runRunning, runPaused
    case runCancelled, runDone, runFailed, runPausing, runCancelling, runPause, runResume, runCancel
    case runCancelQuestion, runOpen, runBy, runFootage, runRate, runRemaining, runFound, runCandidates, runPassKey
    case runPassEvery, runPassOnly, runTook, runProblems, runLost, runPartly, runsNoneTitle, runsNoneText, runRules
    case runsUnavailable, tryDraft
    // Exports and exchange
    case exportsTitle, exportsAbout, exportsGrid, exportsCodes, exportsBundle, exportsBundleAbout
    case exportsCaseID, exportsDownload, exportsReceivers, exportsReceiver, exportsAddress, exportsWaiting
    case exportsState, exportsPackages, exportsHandoverFolder, exportsFailing, exportsWell, exportsNotYet, externalTitle
    case externalAbout, externalNone, externalSource, externalType, externalCase, externalPicture
    case externalSameCase, externalSameAs, externalAlone, eventExternalDuplicate, eventPartyCode, eventPartyContact
    case eventExportFailed, eventDeleted
    // The party
    case partyTitle, partyAbout, partyCode, partyLook, partyFacts, partyMatter
    case partySeen, partyFact, partyStanding, partyDeadline, partyOutcome, partyObjectedAt
    case partyPictures, partyMasked, partyNoPictures, partyLaw, partyHow, partyHowText
    case partyText, partyContact, partyObject, partyObjectionTaken, partyMayNotObject, partyAwaits
    case partyUnderWay, partyReexamined, partyHandedOver, partyTransferred, partyClosed
    // Retention
    case retentionTitle, retentionSummary, retentionSummaryPart, retentionWaits, retentionFirst, retentionWaitsAbout
    case retentionConfirm, retentionRules, retentionRulesAbout, retentionRow, retentionKept, retentionCount
    case retentionArticle, retentionDays, retentionArchive, retentionDue, retentionDueCount, retentionNext
    case retentionNothing, retentionHeld, retentionRuns, retentionRan, retentionWaited, retentionConfirmed
    case retentionCertificates, retentionCertificate
    // Disk
    case diskStoppedBanner, reasonDiskStopped
    // Deadlines, grids, referrals
    case deadlines, deadlinesSummary, deadlinesIncomplete, deadlinesNone, deadlinesNoneText, filterByClock, allClocks
    case allGrids, allBodies, clockRunning, clockBreached, clockTimeOver, clockMet, clockLate, clockLeft
    case clockLeftWorking, clockOver, clockOverWorking, clockDays, clockSpan, clocksStopped, loop, escalatedByClock
    case escalatedByPower, eventEscalated, eventCopied, eventReferral, eventTimeStamped, eventCityAnswer, cityAnswers, cityAnswerDay,
        cityAnswerNote,
        gridTitle, gridSummary, gridPlaceholders
    case gridPlaceholder, gridOpen, gridBreached, gridCameras, gridNone, gridUnknown, gridWithout, gridEmpty
    case gridLabel, onDutyNow, dutyNobody, dutyRoster, rosterNew, rosterEdit, rosterName, rosterUnit
    case rosterUnitExample, rosterTelephone, rosterWeekly, rosterHours, rosterExceptions, rosterSave, rosterRetire
    case referrals, referralsSummary, filterByBody, referralsOpen, referralsReturned, referralsDone, referralsNone
    case referralsNoneText, referralWords, referralReopen, exportCSV, exportJSON
    // Users and password
    case usersSummary, createdOn, displayName, role, disabled, addUser, userAdded, firstPassword, firstPasswordNote
    case roleScreener, roleOfficer, roleSecondOfficer, roleLegalReview, roleHead, roleOperator, roleAuditor, roleAdministrator
    case roleScreenerAbout, roleOfficerAbout, roleSecondOfficerAbout, roleLegalReviewAbout, roleHeadAbout, roleOperatorAbout
    case roleAuditorAbout, roleAdministratorAbout, certificate, certificateNumber, certificateFrom, certificateUntil
    case certificateOver, editUser, userChanged, userEnabled, newPasswordOptional, currentPassword, newPassword,
        newPasswordAgain
    case passwordNote, passwordChanged, passwordWrong, passwordDiffers, passwordShort
    // Summary and search
    case summaryTitle, summaryAbout, summaryFrom, summaryTo, summaryPreviousDay, summaryNextDay, summaryFound, summaryReviewed
    case summaryStillWaiting, summaryFalseAlarms, summaryCorrected, summaryHandedOver, summaryUnderWay, summaryOther, summaryWaiting
    case summaryGenuine, summaryPrecision, summaryPrecisionAbout, summarySelfCorrection, summarySelfCorrectionAbout
    case summaryReviewTime, summaryReviewTimeAbout, summaryInTime, summaryByType, summaryTrend, summaryNone
    case searchTitle, searchHint, searchGo, searchNothing, searchNothingText, searchNewest
    // Reasons, exports, the log of looks
    case accessReason, accessReasonAbout, accessReasonPick, accessReasonWords, accessReasonGive, reasonList, markCase
    case markReason, markMasked, markUnmasked, markExport, exportTitle, exportAbout, exportReason, exportHide, exportHideAbout,
        exportHideUndo, exportSheet, exportFile
    case exportMasked, exportUnmasked, exportTake, exportTakeUnmasked, exportClipNone, exportClipAbout, exportLink
    case backToCase, auditTitle, auditAbout, auditUser, auditAction, auditCase, auditSubject, auditTime, auditAddress
    case auditAll, auditCSV, auditCheck, auditMore, auditNothing, chainSound, chainBroken, actionCaseViewed
    case actionFileViewed, actionQueueViewed, actionReasonGiven, actionExported, actionUnmasked, actionPastViewed
    case actionPastSearched, actionRunViewed, actionLogViewed, actionLogExported, actionLogin, actionLoginRefused
    case actionLogout, actionPasswordChanged, actionUserAdded, actionUserChanged, actionLedgerViewed, actionLedgerExported,
        actionRosterChanged, actionReferralsExported, actionExternalViewed, actionFindingPromoted, actionRunsCompared, actionRunAsked,
        actionChannelAdded, actionChannelChanged, actionChannelRemoved, actionChannelRestored, actionChannelWatched, actionZonesChanged,
        actionZonesApproved, actionFaultNoted, actionRetentionConfirmed, userUnit, userUnitNote, userGroups
    case userGroupsNote
    // Ledgers
    case ledgers, ledgersAbout, ledgerEntries, ledgerEnding, ledgerDue, ledgerIsDue, ledgerNothing, ledgerYes, ledgerNo
    case ledgerPaperText, ledgerPaperStands, ledgerEnds, ledgerEnded, ledgerImported, ledgerImport, ledgerImportAbout
    case ledgerExport, ledgerTemplate, ledgerNew, ledgerID, ledgerIDNote, ledgerSearch, ledgerShowRetired, ledgerOnlyDue
    case ledgerEmpty, ledgerEntry, ledgerMode, ledgerPapers, ledgerLocked, ledgerSaved, ledgerSave, ledgerRetire
    case ledgerRetireQuestion, ledgerRetired, ledgerBack, ledgerAdded, ledgerChange, ledgerLooked, ledgerCases, ledgerNoCases
    case ledgerNumber, ledgerDate, ledgerExpiry, ledgerFile, ledgerShapeChannel, ledgerShapeDraw, ledgerShapeClear
    case ledgerShapeText, ledgerReadOnly, ledgerPickFile
    case caseParty, caseShop, caseShopUnknown, caseShopSuggested, caseShopField, casePermit, casePermitText, offenceFirst
    case offenceRepeated, offenceOpen, eventLedgersAsked
    // Errors
    case errorForbidden, errorForbiddenText, errorNotFound, errorNotFoundText, errorBadRequest, errorBadRequestText
    case errorTooLarge, errorTooLargeText, errorTooMany, errorTooManyText, errorServer, errorServerText
    // Times and amounts
    case today, yesterday, justNow, minutesAgo, hoursAgo, daysAgo, seconds, minutes, hours
    // For scripts
    case liveOn, liveOff, liveStale, newCasesCount, decided, undoWithin, queueDone, requestFailed, networkFailed
    case sessionOver, probeFailed, decideFirst, zoneHelpDrawing, zoneHelpChosen, zoneTooFew, zoneCrosses, zoneName
    case zoneKind, zoneDwell, zoneDwellDefault, zoneHours, zoneHoursExample, deleteZone, saved
    case documentBroken, zoneHelpLine, zoneHelpLength, lineTooShort, drawLine, removeLine, zonePermit, zonePermitExample
    case lengthMetres, scaleNone, scaleOne, scaleTwo, scaleWrong

    /// Those that scripts say; they find them in the page.
    static let forScripts: [Phrase] = [
        .justNow, .minutesAgo, .hoursAgo, .daysAgo, .liveOn, .liveOff, .liveStale, .newCasesCount, .decided,
        .undoWithin, .queueDone, .requestFailed, .networkFailed, .sessionOver, .probeFailed, .decideFirst,
        .zoneHelpIdle, .zoneHelpDrawing, .zoneHelpChosen, .zoneTooFew, .zoneCrosses, .zoneName, .zoneKind, .zoneDwell,
        .zoneDwellDefault, .zoneHours, .zoneHoursExample, .deleteZone, .saved, .documentBroken,
        .zonesCopied, .zoneHelpLine, .zoneHelpLength, .lineTooShort, .drawLine, .removeLine, .zonePermit, .zonePermitExample,
        .lengthMetres, .scaleNone, .scaleOne, .scaleTwo, .scaleWrong,
        .conflict, .undone, .undo, .casesWaiting, .codec, .pictureSize, .frameRate, .framesPerSecond,
        .keyFrameGap, .onlyOneKeyFrame, .container, .seconds,
    ]
}
