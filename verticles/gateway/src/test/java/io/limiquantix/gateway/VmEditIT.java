package io.limiquantix.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.Autostart;
import io.limiquantix.bus.compute.CloneApi;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.MigrationApi;
import io.limiquantix.bus.compute.SnapshotApi;
import io.limiquantix.bus.compute.TemplateApi;
import io.limiquantix.bus.compute.VmEdit;
import io.limiquantix.bus.compute.VmSpec;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.HostMigrationApi.MoveLimits;
import io.limiquantix.bus.host.MachineSpec.CpuTopology;
import io.limiquantix.bus.host.PendingChange;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.gateway.testing.ApiClient;
import io.limiquantix.gateway.testing.TestGateway;
import io.limiquantix.runtime.id.Uuid7;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Changes of VMs, as they reach compute; bad ones do not. */
class VmEditIT {
    private static final TestGateway GATEWAY = TestGateway.start();
    private static final ApiClient CLIENT = GATEWAY.client().logIn();
    private static final UUID VM = Uuid7.next();
    private static final UUID VOLUME = Uuid7.next();
    private static final BlockingQueue<Record> ASKED = new ArrayBlockingQueue<>(10);
    private static final TaskRef TASK = new TaskRef(Uuid7.next(), VM);

    static {
        GATEWAY.bus().serve(ComputeApi.EDIT, (request, caller) -> {
            ASKED.add(request);
            return new ComputeApi.Edited(request.edit().memoryBytes() == null ? null : TASK, vm());
        });
        GATEWAY.bus().serve(TemplateApi.CONVERT, (request, caller) -> template(request));
        GATEWAY.bus().serve(TemplateApi.CONVERT_BACK, (request, caller) -> template(request));
        GATEWAY.bus().serve(TemplateApi.DESCRIBE, (request, caller) -> template(request));
        GATEWAY.bus().serve(TemplateApi.LIST, (request, caller) -> {
            ASKED.add(request);
            return new TemplateApi.Families(List.of(), null);
        });
        GATEWAY.bus().serve(TemplateApi.FIND, (request, caller) -> {
            ASKED.add(request);
            return new ComputeApi.Vm(VM);
        });
        GATEWAY.bus().serve(CloneApi.CLONE, (request, caller) -> {
            ASKED.add(request);
            return new CloneApi.Clones(List.of(new CloneApi.Clone("shop-1", TASK)), null);
        });
        GATEWAY.bus().serve(ComputeApi.LIST, (request, caller) -> {
            ASKED.add(request);
            return new ComputeApi.Vms(List.of(), null, null, null);
        });
        GATEWAY.bus().serve(MigrationApi.MIGRATE, (request, caller) -> heard(request));
        GATEWAY.bus()
                .serve(
                        MigrationApi.LIST_TARGETS,
                        (request, caller) -> new MigrationApi.Targets(List.of(new MigrationApi.Target(
                                VOLUME, "h2", false, List.of("The host h2 is down."), List.of(), 7))));
        GATEWAY.bus().serve(SnapshotApi.REVERT, (request, caller) -> heard(request));
        GATEWAY.bus().serve(ComputeApi.ADD_DISK, (request, caller) -> heard(request));
        GATEWAY.bus().serve(ComputeApi.ATTACH_DISK, (request, caller) -> heard(request));
        GATEWAY.bus().serve(ComputeApi.EDIT_DISK, (request, caller) -> heard(request));
        GATEWAY.bus().serve(ComputeApi.CHANGE_CDROM, (request, caller) -> heard(request));
    }

    private static TaskRef heard(Record request) {
        ASKED.add(request);
        return TASK;
    }

    private static VmView template(Record request) {
        ASKED.add(request);
        return vm();
    }

    private static VmView vm() {
        return new VmView(
                VM,
                new VmSpec("web-1", "", 1, 1L << 30, List.of(), List.of(), null),
                VmView.Phase.READY,
                PowerState.RUNNING,
                "",
                null,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of(new PendingChange("vcpus", "1", "2")),
                null,
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                8,
                new VmView.Template("web", 3, "", Instant.EPOCH));
    }

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    private static ApiClient.Reply send(String method, String path, String json) {
        return CLIENT.send(
                method,
                "/vms/" + VM + path,
                BodyPublishers.ofString(json),
                Map.of("Content-Type", "application/json", "If-Match", "\"7\""));
    }

    @Test
    void whatIsLeftOutIsNotSaid() throws Exception {
        ApiClient.Reply reply = send(
                "PATCH", "", "{\"folder\":\"\",\"labels\":{\"env\":\"test\"},\"watchdog\":null,\"clipboard\":false}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers()).containsEntry("etag", "\"8\"");
        assertThat(reply.body().at("/pending/0/then").asText()).isEqualTo("2");
        assertThat(ASKED.take())
                .isEqualTo(new ComputeApi.EditVm(
                        VM,
                        7L,
                        new VmEdit(
                                null,
                                null,
                                "",
                                new VmEdit.Labels(Map.of("env", "test")),
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                false,
                                new VmEdit.WatchdogCard(null),
                                null,
                                null)));
        ApiClient.Reply task = send(
                "PATCH",
                "",
                "{\"memoryBytes\":2147483648,\"cpu\":{\"sockets\":2,\"cores\":2,\"maxVcpus\":4},\"bootOrder\":[]}");
        assertThat(task.status()).isEqualTo(202);
        assertThat(task.body().path("taskId").asText()).isEqualTo(TASK.taskId().toString());
        assertThat(ASKED.take()).isInstanceOfSatisfying(ComputeApi.EditVm.class, edit -> {
            assertThat(edit.edit().memoryBytes()).isEqualTo(2L << 30);
            assertThat(edit.edit().cpu()).isEqualTo(new VmEdit.Cpu(null, new CpuTopology(2, 2, 1), 4));
            assertThat(Objects.requireNonNull(edit.edit().boot()).order()).isEmpty();
        });
    }

    @Test
    void whetherItStartsWithItsHostIsSaidOrTakenBack() throws Exception {
        send("PATCH", "", "{\"autostart\":{\"order\":5,\"untilAgent\":true}}");
        assertThat(ASKED.take()).isInstanceOfSatisfying(ComputeApi.EditVm.class, edit -> assertThat(
                        edit.edit().atBoot())
                .isEqualTo(new VmEdit.AtBoot(new Autostart(5, 0, true))));
        send("PATCH", "", "{\"autostart\":null}");
        assertThat(ASKED.take()).isInstanceOfSatisfying(ComputeApi.EditVm.class, edit -> assertThat(
                        edit.edit().atBoot())
                .isEqualTo(new VmEdit.AtBoot(null)));
        assertThat(send("PATCH", "", "{\"autostart\":{\"order\":0}}").status()).isEqualTo(400);
        assertThat(ASKED).isEmpty();
    }

    @Test
    void whatNoVmCanBeIsRefusedWithItsField() {
        assertThat(send("PATCH", "", "{}").status()).isEqualTo(400);
        assertThat(send("PATCH", "", "{\"memoryBytes\":67108865}").field()).isEqualTo("memoryBytes");
        assertThat(send("PATCH", "", "{\"name\":\"../etc\"}").field()).isEqualTo("name");
        assertThat(send("PATCH", "", "{\"bootOrder\":[\"floppy0\"]}").field()).startsWith("bootOrder");
        assertThat(send("PATCH", "", "{\"disks\":[]}").field()).isEqualTo("disks");
        assertThat(send("PATCH", "/disks/" + VOLUME, "{\"sizeBytes\":1048577}").field())
                .isEqualTo("sizeBytes");
        assertThat(send("PATCH", "/disks/" + VOLUME, "{\"readIops\":-1}").field())
                .isEqualTo("readIops");
        assertThat(send("POST", "/disks", "{\"readOnly\":true}").field()).isEqualTo("volumeId");
        assertThat(send("PUT", "/cdroms/0", "{}").field()).isEqualTo("imageId");
        assertThat(send("PUT", "/cdroms/9", "{\"imageId\":null}").status()).isEqualTo(400);
        assertThat(ASKED).isEmpty();
    }

    @Test
    void disksAndMediaAreChanged() throws Exception {
        assertThat(send("POST", "/disks", "{\"sizeBytes\":1048576,\"cache\":\"writeback\"}")
                        .status())
                .isEqualTo(202);
        assertThat(ASKED.take()).isInstanceOfSatisfying(ComputeApi.AddDisk.class, add -> {
            assertThat(add.sizeBytes()).isEqualTo(1 << 20);
            assertThat(add.hardware().cache()).isEqualTo(DiskHardware.Cache.WRITEBACK);
        });
        send("POST", "/disks", "{\"volumeId\":\"" + VOLUME + "\"}");
        assertThat(ASKED.take()).isEqualTo(new ComputeApi.AttachDisk(VM, VOLUME, false));
        send("PATCH", "/disks/" + VOLUME, "{\"readIops\":0,\"bus\":\"sata\"}");
        assertThat(ASKED.take())
                .isEqualTo(new ComputeApi.EditDisk(
                        VM,
                        VOLUME,
                        7L,
                        new ComputeApi.DiskEdit(null, DiskHardware.DiskBus.SATA, null, null, 0L, null, null, null)));
        send("PUT", "/cdroms/1", "{\"imageId\":null,\"force\":true}");
        assertThat(ASKED.take()).isEqualTo(new ComputeApi.ChangeCdrom(VM, 1, null, true));
    }

    @Test
    void aVmIsConvertedToATemplateAndDeployedFrom() throws Exception {
        ApiClient.Reply converted = send("POST", "/convert-to-template", "{\"name\":\"web\"}");
        assertThat(converted.status()).isEqualTo(200);
        assertThat(converted.body().at("/template/version").asInt()).isEqualTo(3);
        assertThat(ASKED.take()).isEqualTo(new TemplateApi.Convert(VM, "web", null));
        assertThat(send("PATCH", "/template", "{\"note\":\"old\"}").status()).isEqualTo(200);
        assertThat(ASKED.take()).isEqualTo(new TemplateApi.Describe(VM, "old"));
        assertThat(send("POST", "/convert-to-vm", "{}").status()).isEqualTo(200);
        assertThat(ASKED.take()).isEqualTo(new ComputeApi.Vm(VM));
        assertThat(send("POST", "/convert-to-template", "{\"name\":\"a/b\"}").field())
                .isEqualTo("name");
        CLIENT.get("/templates?search=we");
        assertThat(ASKED.take())
                .isInstanceOfSatisfying(TemplateApi.ListTemplates.class, wish -> assertThat(wish.search())
                        .isEqualTo("we"));
        CLIENT.get("/vms?templates=only");
        assertThat(ASKED.take()).isInstanceOfSatisfying(ComputeApi.ListVms.class, wish -> assertThat(wish.templates())
                .isEqualTo(ComputeApi.TemplateChoice.ONLY));
    }

    @Test
    void aMoveToAnotherHostIsOneWithinItsLimits() throws Exception {
        String path = "/vms/" + VM + "/migrate";
        String host = "{\"hostId\":\"" + VOLUME + "\"";
        assertThat(CLIENT.post(path, host + "}").status()).isEqualTo(202);
        assertThat(ASKED.take()).isEqualTo(new MigrationApi.MigrateVm(VM, VOLUME, MoveLimits.NONE));
        String limited = host + ",\"bandwidthMibPerSecond\":100,\"maxDowntimeMillis\":null,\"autoConverge\":true}";
        assertThat(CLIENT.post(path, limited).status()).isEqualTo(202);
        assertThat(ASKED.take()).isEqualTo(new MigrationApi.MigrateVm(VM, VOLUME, new MoveLimits(100, null, true)));
        assertThat(CLIENT.post(path, host + ",\"maxDowntimeMillis\":60001}").status())
                .isEqualTo(400);
        assertThat(CLIENT.get("/vms/" + VM + "/migration-targets")
                        .body()
                        .at("/items/0/obstacles/0")
                        .asText())
                .isEqualTo("The host h2 is down.");
    }

    @Test
    void aRevertNeedsNoBodyAndTakesOnlyJson() throws Exception {
        String path = "/vms/" + VM + "/snapshots/" + VOLUME + "/revert";
        assertThat(CLIENT.send("POST", path + "?memory=false", BodyPublishers.noBody(), Map.of())
                        .status())
                .isEqualTo(202);
        assertThat(ASKED.take()).isEqualTo(new SnapshotApi.RevertVm(VM, VOLUME, false));
        String all = "{\"settings\":true,\"stop\":true,\"keepCurrent\":\"now\"}";
        assertThat(CLIENT.post(path, all).status()).isEqualTo(202);
        assertThat(ASKED.take()).isEqualTo(new SnapshotApi.RevertVm(VM, VOLUME, null, true, true, "now"));
        assertThat(CLIENT.post(path, "{\"keepCurrent\":\"\"}").status()).isEqualTo(400);
        assertThat(CLIENT.send("POST", path, BodyPublishers.ofString(all), Map.of("Content-Type", "text/plain"))
                        .status())
                .isEqualTo(415);
    }

    @Test
    void aDeploymentIsACloneOfTheVersion() throws Exception {
        ApiClient.Reply deployed = CLIENT.send(
                "POST",
                "/templates/web/deploy?version=3",
                BodyPublishers.ofString("{\"name\":\"shop-1\",\"kind\":\"LINKED\"}"),
                Map.of("Content-Type", "application/json"));
        assertThat(deployed.status()).isEqualTo(202);
        assertThat(deployed.body().at("/clones/0/name").asText()).isEqualTo("shop-1");
        assertThat(ASKED.take()).isEqualTo(new TemplateApi.Find("web", 3));
        assertThat(ASKED.take()).isInstanceOfSatisfying(CloneApi.CloneVm.class, wish -> {
            assertThat(wish.vmId()).isEqualTo(VM);
            assertThat(wish.kind()).isEqualTo(CloneApi.Kind.LINKED);
        });
    }
}
