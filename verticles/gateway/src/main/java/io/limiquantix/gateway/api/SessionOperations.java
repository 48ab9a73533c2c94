package io.limiquantix.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.bus.Secret;
import io.limiquantix.bus.identity.IdentityApi;
import io.limiquantix.gateway.http.Answer;
import io.limiquantix.gateway.http.ApiRequest;
import io.limiquantix.gateway.http.Operation;
import io.limiquantix.gateway.http.Operation.Plain;
import io.limiquantix.gateway.http.SessionCookie;
import io.limiquantix.runtime.bus.Bus;
import java.util.Map;
import java.util.UUID;

/** Logging in and out, and what is kept of a user. */
public final class SessionOperations {
    private final Bus bus;

    public SessionOperations(Bus bus) {
        this.bus = bus;
    }

    public void addTo(Map<String, Operation> operations) {
        operations.put("getSession", (Plain)
                request -> Answer.ok(request.requireHolder().session()));
        operations.put("logIn", (Plain) this::logIn);
        operations.put("logOut", (Plain) this::logOut);
        operations.put("changePassword", (Plain) this::changePassword);
        operations.put("listSshKeys", (Plain) this::sshKeys);
        operations.put("addSshKey", (Plain) this::addSshKey);
        operations.put("deleteSshKey", (Plain) this::deleteSshKey);
    }

    private Answer logIn(ApiRequest request) {
        JsonNode body = request.values().body();
        var logIn = new IdentityApi.LogIn(
                Fields.text(body, "userName"), new Secret(Fields.text(body, "password")), request.remoteAddress());
        var begun = bus.request(IdentityApi.LOG_IN, logIn, request.caller());
        return new Answer(201, begun.session(), Map.of("Set-Cookie", SessionCookie.begin(begun.token())));
    }

    private Answer logOut(ApiRequest request) {
        Secret token = request.requireHolder().token();
        bus.request(IdentityApi.LOG_OUT, new IdentityApi.SessionToken(token), request.caller());
        return Answer.done().withHeader("Set-Cookie", SessionCookie.end());
    }

    private Answer changePassword(ApiRequest request) {
        JsonNode body = request.values().body();
        var holder = new IdentityApi.SessionTokenHolder(
                request.requireHolder().session().userId(),
                request.requireHolder().token());
        var change = new IdentityApi.ChangePassword(
                holder, new Secret(Fields.text(body, "oldPassword")), new Secret(Fields.text(body, "newPassword")));
        bus.request(IdentityApi.CHANGE_PASSWORD, change, request.caller());
        return Answer.done();
    }

    private static UUID userOf(ApiRequest request) {
        return request.requireHolder().session().userId();
    }

    private Answer sshKeys(ApiRequest request) {
        var query = new IdentityApi.SshKeysOf(userOf(request));
        return Answer.ok(bus.request(IdentityApi.LIST_SSH_KEYS, query, request.caller()));
    }

    private Answer addSshKey(ApiRequest request) {
        JsonNode body = request.values().body();
        var add = new IdentityApi.AddSshKey(userOf(request), Fields.text(body, "name"), Fields.text(body, "publicKey"));
        return new Answer(201, bus.request(IdentityApi.ADD_SSH_KEY, add, request.caller()), Map.of());
    }

    private Answer deleteSshKey(ApiRequest request) {
        var delete =
                new IdentityApi.DeleteSshKey(userOf(request), request.values().id("keyId"));
        bus.request(IdentityApi.DELETE_SSH_KEY, delete, request.caller());
        return Answer.done();
    }
}
