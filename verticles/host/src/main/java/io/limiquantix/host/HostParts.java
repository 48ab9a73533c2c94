package io.limiquantix.host;

import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.HostApi;
import io.limiquantix.bus.host.StatisticsApi;
import io.limiquantix.host.capability.AcceleratorAnswer;
import io.limiquantix.host.capability.Capabilities;
import io.limiquantix.host.capability.CapabilityReading;
import io.limiquantix.host.capability.KvmProbe;
import io.limiquantix.host.capability.MachineMemory;
import io.limiquantix.host.domain.DirectIo;
import io.limiquantix.host.download.DownloadConfig;
import io.limiquantix.host.download.WebDownloads;
import io.limiquantix.host.download.WebTexts;
import io.limiquantix.host.guest.FileSystemFreeze;
import io.limiquantix.host.guest.GuestInquiry;
import io.limiquantix.host.guest.GuestMemory;
import io.limiquantix.host.guest.GuestTime;
import io.limiquantix.host.guest.StillGuests;
import io.limiquantix.host.inventory.DomainInventory;
import io.limiquantix.host.inventory.DomainWatch;
import io.limiquantix.host.inventory.HostReporter;
import io.limiquantix.host.inventory.MachineBoot;
import io.limiquantix.host.journal.OperationJournal;
import io.limiquantix.host.journal.Operations;
import io.limiquantix.host.libvirt.Definitions;
import io.limiquantix.host.libvirt.DiskFiles;
import io.limiquantix.host.libvirt.DiskMoves;
import io.limiquantix.host.libvirt.DomainAdoption;
import io.limiquantix.host.libvirt.DomainDisks;
import io.limiquantix.host.libvirt.DomainDrift;
import io.limiquantix.host.libvirt.DomainDrives;
import io.limiquantix.host.libvirt.DomainEdits;
import io.limiquantix.host.libvirt.DomainEvents;
import io.limiquantix.host.libvirt.DomainListing;
import io.limiquantix.host.libvirt.DomainNics;
import io.limiquantix.host.libvirt.DomainProcessors;
import io.limiquantix.host.libvirt.DomainSaves;
import io.limiquantix.host.libvirt.DomainVariables;
import io.limiquantix.host.libvirt.Domains;
import io.limiquantix.host.libvirt.GuestAgent;
import io.limiquantix.host.libvirt.KeptMemories;
import io.limiquantix.host.libvirt.LibvirtConnection;
import io.limiquantix.host.libvirt.LibvirtSecrets;
import io.limiquantix.host.libvirt.MachineOffering;
import io.limiquantix.host.libvirt.MergeJobs;
import io.limiquantix.host.libvirt.Networks;
import io.limiquantix.host.libvirt.Node;
import io.limiquantix.host.libvirt.SaveRoom;
import io.limiquantix.host.libvirt.Screens;
import io.limiquantix.host.libvirt.UnmanagedListing;
import io.limiquantix.host.migration.ArrivalCheck;
import io.limiquantix.host.migration.MovingDisks;
import io.limiquantix.host.network.HostNetworks;
import io.limiquantix.host.network.LeaseWatch;
import io.limiquantix.host.network.NetworkInterfaces;
import io.limiquantix.host.network.VlanBridges;
import io.limiquantix.host.node.NodeDaemonServer;
import io.limiquantix.host.osinfo.OsinfoDatabase;
import io.limiquantix.host.seed.SeedImage;
import io.limiquantix.host.statistics.HostStatistics;
import io.limiquantix.host.statistics.StatisticsSampler;
import io.limiquantix.host.storage.ChainedSnapshots;
import io.limiquantix.host.storage.ChainedVolumes;
import io.limiquantix.host.storage.DiskSnapshots;
import io.limiquantix.host.storage.Exports;
import io.limiquantix.host.storage.FormerNames;
import io.limiquantix.host.storage.ImportFolders;
import io.limiquantix.host.storage.OpenPools;
import io.limiquantix.host.storage.PoolMemory;
import io.limiquantix.host.storage.PoolWatch;
import io.limiquantix.host.storage.StorageDrivers;
import io.limiquantix.host.storage.VolumeCopies;
import io.limiquantix.host.storage.VolumesInUse;
import io.limiquantix.host.stream.ConsoleSockets;
import io.limiquantix.host.stream.FileFetch;
import io.limiquantix.host.stream.SerialConsoles;
import io.limiquantix.host.stream.StreamCertificate;
import io.limiquantix.host.stream.StreamEndpoint;
import io.limiquantix.host.stream.StreamTickets;
import io.limiquantix.runtime.Platform;
import io.limiquantix.storage.driver.StorageSurroundings;
import io.limiquantix.storage.driver.image.ImageLimits;
import io.limiquantix.storage.driver.qemu.QemuImg;
import io.limiquantix.storage.driver.tool.LeftBehind;
import io.limiquantix.storage.driver.tool.ProcessTool;
import io.limiquantix.storage.driver.tool.Tool;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/** The parts of a running host, put together. */
record HostParts(
        LibvirtConnection connection,
        DomainInventory inventory,
        DomainWatch watch,
        PoolWatch poolWatch,
        HostReporter reporter,
        OperationJournal journal,
        SerialConsoles serials,
        VolumeCopies copies,
        HostStatistics statistics,
        StillGuests still,
        LeaseWatch leases,
        Runnable serving) {
    private static final Duration FIRST_CONNECTION = Duration.ofSeconds(3);
    private static final Duration LAST_WRITES = Duration.ofSeconds(10);

    /** What is needed to put them together. */
    private record Plan(Platform platform, HostConfig config, HostFolder folder, HostReporter.Identity identity) {
        void publish(DomainReport report) {
            platform.bus().publish(HostApi.DOMAIN_CHANGED, new HostApi.DomainChanged(identity.hostId(), report));
        }
    }

    /** libvirt and what reads it. */
    private record Hypervisor(
            LibvirtConnection connection,
            Domains domains,
            GuestAgent agent,
            Networks networks,
            HostNetworks hostNetworks,
            Capabilities capabilities,
            CapabilityReading reading,
            SerialConsoles serials,
            ConsoleSockets sockets,
            StillGuests still,
            MigrationParts migration) {}

    static HostParts build(Platform platform, HostConfig config, HostFolder folder, UUID hostId) {
        var identity = new HostReporter.Identity(
                hostId, nameOf(config), platform.clock().millis(), MachineBoot.id(config.bootIds()));
        Plan plan = new Plan(platform, config, folder, identity);
        Tool tool = tools(hostId);
        Hypervisor hypervisor = hypervisor(plan, tool);
        OpenPools pools = pools(plan, hypervisor, tool);
        DomainInventory inventory = inventory(plan, hypervisor);
        DomainWatch watch = new DomainWatch(inventory, platform.clock());
        HostReporter reporter = reporter(plan, hypervisor, inventory, pools);
        DomainEvents.tell(listener(watch, hypervisor.reading(), reporter), hypervisor.connection());
        OperationJournal journal = OperationJournal.open(folder.operations());
        HostRequests requests = new HostRequests(platform.bus(), hostId, new Operations(journal));
        VolumeCopies copies = new VolumeCopies(config.copies());
        HostStatistics statistics = statistics(plan, inventory);
        Runnable serving = () -> {
            serve(plan, hypervisor, inventory, pools, copies, reporter, requests, tool);
            new StatisticsRequests(platform.bus(), statistics).serve(requests);
            new VariablesRequests(platform.bus(), new DomainVariables(hypervisor.connection(), config.uefiVariables()))
                    .serve(requests);
        };
        PoolWatch poolWatch = new PoolWatch(pools, reporter::reportSoon);
        return new HostParts(
                hypervisor.connection(),
                inventory,
                watch,
                poolWatch,
                reporter,
                journal,
                hypervisor.serials(),
                copies,
                statistics,
                hypervisor.still(),
                leases(plan, hypervisor),
                serving);
    }

    private static LeaseWatch leases(Plan plan, Hypervisor hypervisor) {
        LibvirtConnection connection = hypervisor.connection();
        return new LeaseWatch(
                hypervisor.networks(),
                new DomainListing(connection),
                new DomainNics(connection),
                plan.platform().clock());
    }

    /** Ends first what an earlier process of this host left running. */
    private static Tool tools(UUID hostId) {
        LeftBehind.kill(hostId.toString(), LAST_WRITES);
        return new ProcessTool(hostId.toString());
    }

    private static OpenPools pools(Plan plan, Hypervisor hypervisor, Tool tool) {
        return new OpenPools(
                StorageDrivers.found(),
                new StorageSurroundings(
                        tool,
                        ImageLimits.upTo(plan.config().maxDisk()),
                        plan.folder().storage()),
                new LibvirtSecrets(hypervisor.connection(), plan.platform().clock()),
                new PoolMemory(plan.folder().pools()),
                plan.config().changesAtATime(),
                plan.platform().clock());
    }

    private static Hypervisor hypervisor(Plan plan, Tool tool) {
        LibvirtConnection connection =
                LibvirtConnection.to(plan.config().libvirt(), plan.platform().clock());
        Domains domains = new Domains(connection);
        AcceleratorAnswer accelerator = new AcceleratorAnswer(
                plan.config().acceleratorSetting(),
                new KvmProbe(tool),
                plan.folder().accelerator());
        Capabilities capabilities =
                new Capabilities(new Node(connection), new MachineOffering(connection), accelerator);
        GuestAgent agent = new GuestAgent(connection);
        Networks networks = new Networks(connection, plan.identity().hostId());
        NetworkInterfaces interfaces = new NetworkInterfaces();
        ConsoleSockets sockets = new ConsoleSockets(domains, plan.platform().clock());
        return new Hypervisor(
                connection,
                domains,
                agent,
                networks,
                new HostNetworks(
                        plan.identity().hostId(),
                        networks,
                        new DomainListing(connection),
                        interfaces,
                        new VlanBridges(tool, interfaces)),
                capabilities,
                new CapabilityReading(capabilities, plan.platform().clock()),
                new SerialConsoles(plan.platform().vertx(), sockets),
                sockets,
                new StillGuests(
                        plan.folder().still(),
                        domains,
                        new FileSystemFreeze(agent),
                        plan.platform().clock()),
                MigrationParts.of(plan.config(), plan.folder()));
    }

    private static HostStatistics statistics(Plan plan, DomainInventory inventory) {
        var subjects = new StatisticsSampler.Subjects(
                plan.identity().hostId(), plan.identity().name(), inventory::isOurs);
        Platform platform = plan.platform();
        return HostStatistics.start(
                plan.config().libvirt(),
                plan.folder().statistics(),
                subjects,
                platform.clock(),
                sample -> platform.bus().publish(StatisticsApi.SAMPLED, sample));
    }

    private static DomainInventory inventory(Plan plan, Hypervisor hypervisor) {
        return new DomainInventory(
                plan.identity().processStart(),
                hypervisor.domains(),
                new DomainListing(hypervisor.connection()),
                report -> {
                    plan.publish(report);
                    hypervisor.serials().follow(report);
                },
                hypervisor.migration()::isArriving);
    }

    private static HostReporter reporter(Plan plan, Hypervisor hypervisor, DomainInventory inventory, OpenPools pools) {
        var sources = new HostReporter.Sources(
                hypervisor.connection(),
                inventory,
                deadline -> hypervisor.hostNetworks().reports(deadline),
                hypervisor.capabilities(),
                hypervisor.reading(),
                pools);
        return new HostReporter(plan.identity(), sources, plan.platform().clock(), report -> plan.platform()
                .bus()
                .publish(HostApi.REPORTED, report));
    }

    private static DomainEvents.Listener listener(DomainWatch watch, CapabilityReading reading, HostReporter reporter) {
        return new DomainEvents.Listener() {
            @Override
            public void changed(UUID domain) {
                watch.changed(domain);
            }

            @Override
            public void anythingMayHaveChanged() {
                watch.anythingMayHaveChanged();
                reading.anew(reporter::reportSoon);
            }
        };
    }

    private static void serve(
            Plan plan,
            Hypervisor hypervisor,
            DomainInventory inventory,
            OpenPools pools,
            VolumeCopies copies,
            HostReporter reporter,
            HostRequests requests,
            Tool tool) {
        Exports exports = Exports.in(plan.folder().exports());
        StreamEndpoint streams = streams(plan, hypervisor, pools, exports);
        GuestInquiry guests = new GuestInquiry(hypervisor.agent(), hypervisor.domains(), hypervisor.networks());
        requests.answer(HostApi.DESCRIBE, (request, caller) -> reporter.report(caller.deadline()));
        VolumesInUse inUse = new VolumesInUse(hypervisor.domains(), new DomainListing(hypervisor.connection()));
        DiskFiles disks = new DiskFiles(hypervisor.connection(), plan.platform().clock());
        ChainedVolumes chained = new ChainedVolumes(pools, inUse, hypervisor.domains(), disks);
        Clock clock = plan.platform().clock();
        KeptMemories memories = new KeptMemories(plan.folder().memories(), hypervisor.connection(), clock);
        DomainPlacement placement = new DomainPlacement(
                hypervisor.capabilities(), pools, plan.folder(), new DirectIo(tool), hypervisor.networks());
        new DomainRequests(
                        hypervisor.domains(),
                        hypervisor.agent(),
                        inventory,
                        placement,
                        chained,
                        memories,
                        hypervisor.migration()::isArriving,
                        new FormerNames(new DomainAdoption(hypervisor.connection())))
                .serve(requests);
        hypervisor.migration().serve(plan.platform(), hypervisor.connection(), streams, placement, inventory, requests);
        new ArrivalRequests(
                        new DomainProcessors(hypervisor.connection()),
                        new ArrivalCheck(
                                hypervisor.capabilities(),
                                new DomainProcessors(hypervisor.connection()),
                                hypervisor.hostNetworks()))
                .serve(requests);
        SaveRoom room = new SaveRoom(plan.config().saves());
        new SuspensionRequests(
                        new DomainSaves(hypervisor.connection(), room, clock),
                        memories,
                        chained,
                        new GuestTime(hypervisor.agent(), clock),
                        inventory)
                .serve(requests);
        new NetworkRequests(
                        hypervisor.hostNetworks(),
                        hypervisor.networks(),
                        new DomainNics(hypervisor.connection()),
                        reporter::reportSoon)
                .serve(requests);
        new EditRequests(
                        new DomainEdits(hypervisor.connection(), MachineMemory::totalBytes),
                        new GuestMemory(hypervisor.agent(), hypervisor.domains()),
                        new DomainDrives(hypervisor.connection()),
                        pools,
                        inventory)
                .serve(requests);
        new DiskRequests(new DomainDisks(hypervisor.connection()), pools, chained, inUse, new DirectIo(tool), inventory)
                .serve(requests);
        DiskMoves diskMoves = new DiskMoves(hypervisor.connection());
        new DiskMoveRequests(pools, new DirectIo(tool), diskMoves, new MovingDisks(diskMoves, clock)).serve(requests);
        new PoolRequests(StorageDrivers.found(), pools, inUse).serve(requests);
        new VolumeRequests(pools, inUse, new DirectIo(tool)).serve(requests);
        new SnapshotRequests(
                        pools,
                        new ChainedSnapshots(pools, chained, inUse, disks),
                        new DiskSnapshots(
                                pools, chained, inUse, disks, hypervisor.domains(), hypervisor.still(), memories),
                        inUse,
                        new MergeJobs(hypervisor.connection(), clock))
                .serve(requests);
        CopySource sources = new CopySource(pools, inUse);
        new CopyRequests(pools, sources, copies, new QemuImg(tool)).serve(requests);
        new ExportRequests(sources, exports, copies, new QemuImg(tool), streams).serve(requests);
        new ImageExportRequests(pools, exports, copies, new QemuImg(tool)).serve(requests);
        new ApplianceExportRequests(pools, sources, exports, copies, new QemuImg(tool)).serve(requests);
        Platform platform = plan.platform();
        new FetchRequests(platform.bus(), pools, copies, new FileFetch(platform.vertx())).serve(requests);
        DownloadConfig downloads = plan.config().downloadSettings();
        new DownloadRequests(
                        pools,
                        copies,
                        new WebDownloads(platform.vertx(), downloads),
                        new WebTexts(platform.vertx(), downloads))
                .serve(requests);
        new UnpackRequests(pools, copies).serve(requests);
        new ApplianceRequests(pools, copies).serve(requests);
        new ImageRequests(
                        pools,
                        inUse,
                        new SeedImage(tool, plan.folder().work()),
                        new ImportFolders(plan.config().folders()),
                        streams,
                        new OsinfoDatabase(OsinfoDatabase.USUAL))
                .serve(requests);
        new ConsoleRequests(
                        inventory,
                        guests,
                        streams,
                        new Screens(hypervisor.connection()),
                        new Definitions(hypervisor.connection(), platform.clock()),
                        hypervisor.sockets())
                .serve(requests);
        new DriftRequests(new DomainDrift(hypervisor.connection(), MachineMemory::totalBytes), pools).serve(requests);
        UnmanagedListing unmanaged = new UnmanagedListing(hypervisor.connection());
        new UnmanagedRequests(unmanaged, pools).serve(requests);
        new AdoptionRequests(unmanaged, new DomainAdoption(hypervisor.connection()), pools, plan.folder(), inventory)
                .serve(requests);
        nodeDaemon(plan, hypervisor);
    }

    private static void nodeDaemon(Plan plan, Hypervisor hypervisor) {
        if (!plan.config().hasNodeDaemon()) {
            return;
        }
        var place = new NodeDaemonServer.Place(
                plan.config().stream(),
                plan.config().nodeDaemon(),
                plan.folder().root());
        NodeDaemonServer.start(plan.platform(), place, plan.identity().hostId(), () -> hypervisor
                .connection()
                .problem()
                .isEmpty());
    }

    private static StreamEndpoint streams(Plan plan, Hypervisor hypervisor, OpenPools pools, Exports exports) {
        var place = new StreamEndpoint.Place(
                plan.config().stream(),
                plan.config().port(),
                plan.folder().streamSocket(plan.identity().hostId()));
        var services = new StreamEndpoint.Services(
                new StreamTickets(plan.platform().clock()),
                hypervisor.sockets(),
                hypervisor.serials(),
                pools,
                exports,
                hypervisor.migration().arrivals());
        return StreamEndpoint.start(
                plan.platform().vertx(),
                place,
                StreamCertificate.in(plan.folder().root()),
                services);
    }

    private static String nameOf(HostConfig config) {
        if (config.name() != null) {
            return config.name();
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("This machine's name cannot be resolved; set host.name.", e);
        }
    }

    /** Connects to libvirt, answers requests, and reports. Blocks for a moment: a host that was just started is no host in trouble. */
    void serve() {
        connection.start();
        connection.awaitFirst(FIRST_CONNECTION);
        poolWatch.start();
        serving.run();
        still.start();
        watch.start();
        leases.start();
        reporter.start();
    }

    void close() {
        reporter.close();
        leases.close();
        still.close();
        statistics.close();
        watch.close();
        copies.close();
        poolWatch.close();
        serials.close();
        connection.close();
        journal.close();
    }
}
